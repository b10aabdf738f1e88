"""Every rule about names, in one room: cases, plurals, verbs, and the names that must not be used."""
