"""The one reader of YAML: version 1.2 as js-yaml 4.1 reads it, for every YAML file of a project.

``loader`` gives nodes with their positions, ``nodes`` says what they mean, ``scalars`` what a plain scalar means, and
``bounds`` refuses a text that holds too much before anything is built from it.
"""

from .bounds import BOUNDS, Bounds, Excess, YamlProblem
from .loader import compose, load
from .nodes import value_of

__all__ = ["BOUNDS", "Bounds", "Excess", "YamlProblem", "compose", "load", "value_of"]
