"""A live connection: the secret key and the host of a Nango, the connections that work there, one page through its proxy."""
