"""Requests to the API: paths, parameters, bodies, pagination, and the endpoints that Nango offers in turn."""
