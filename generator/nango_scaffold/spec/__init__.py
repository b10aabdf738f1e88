"""The contract between `derive/` and whoever renders, checks or reports: frozen data in the field's terms, no logic."""
