"""From an integration, or from the models of nango.yaml, to the text of files; pure."""
