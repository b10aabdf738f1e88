"""How a record of the API becomes a record of a model: raw types, mappers, and where each value comes from."""
