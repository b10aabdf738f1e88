"""TypeScript as prettier 3.3 prints it: `fit` lays out what is too wide, `literals` escapes; the rest is imported by need."""
