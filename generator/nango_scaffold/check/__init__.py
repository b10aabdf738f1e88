"""The conventions as rules: one small class each, which looks at a folder of integrations and gives findings; pure."""

from .finding import Edit, Finding, Level
from .run import Fixed, check, fix, fixed
from .tree import Tree

__all__ = ["Edit", "Finding", "Fixed", "Level", "Tree", "check", "fix", "fixed"]
