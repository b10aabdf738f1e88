"""Write the torture folder's expectations anew: ``python -m tests.nango_yaml.regenerate``. Read each before you commit it."""

from __future__ import annotations

from tests.nango_yaml.torture_cases import cases


def main() -> None:
    for kind in ("valid", "refused"):
        for case in cases(kind):
            rendered = case.rendered()
            for name in case.expected().keys() - rendered.keys():
                (case.folder / name).unlink()
            for name, data in rendered.items():
                (case.folder / name).write_bytes(data)


if __name__ == "__main__":
    main()
