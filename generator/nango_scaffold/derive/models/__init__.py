"""The models of an integration: those of the answers, those of the project, and those derived from defaults."""
