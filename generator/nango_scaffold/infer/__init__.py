"""From what an engineer has - an API document, a sample of a response - to answers.

Documents and samples become one `Shape`, and a shape becomes models, mapping, id and the place of the records. Nothing
here opens a file or a connection: the bytes are handed in, and so is the reader of files beside a document.
"""
