"""The second way in: Copier asks, renders and updates; the rooms of the house derive, merge and write."""
