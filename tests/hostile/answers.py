"""Malicious answers files, by name."""

from __future__ import annotations

HEAD = "provider: github\n"
SYNC = f"{HEAD}sync_names: [users]\n"


def merge_bomb(lines: int = 25) -> str:
    """Each line merges the one above twice."""
    rows = ["a0: &a0 {x: 1}", *(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, lines))]
    return "\n".join(rows) + "\n"


def alias_bomb(lines: int = 20, wide: int = 9) -> str:
    """Each line names the one above many times."""
    rows = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * wide)}]" for n in range(1, lines))]
    return "\n".join(rows) + "\n"


def _model(fields: str) -> str:
    return f"{SYNC}models:\n    User:\n        id: string\n{fields}"


def _names(count: int) -> str:
    return ", ".join(f"name-{number}" for number in range(count))


FILES: dict[str, str | bytes] = {
    # Too much
    "merge bomb": SYNC + merge_bomb(),
    "merge bomb in a model": f"{SYNC}models:\n"
    + "".join(f"    {line}\n" for line in merge_bomb().splitlines()),
    "merge bomb, long": SYNC + merge_bomb(5000),
    "alias bomb": SYNC + alias_bomb(),
    "alias bomb in models": f"{SYNC}models:\n"
    + "".join(f"    {line}\n" for line in alias_bomb().splitlines()),
    "alias to itself": f"{SYNC}models: &m {{User: *m}}\n",
    "alias to itself in a list": f"{HEAD}syncs: &s [*s]\n",
    "merge of itself": f"{SYNC}models: &m {{<<: *m}}\n",
    "merge of a text": f"{SYNC}models: {{<<: text}}\n",
    "merge of a list of texts": f"{SYNC}models: {{<<: [a, b]}}\n",
    "5,000 names": f"{HEAD}sync_names: [{_names(5000)}]\n",
    "5,000 names in one text": f"{HEAD}action_names: {_names(5000)}\n",
    "5,000 times one name": f"{HEAD}sync_names: [{', '.join(['users'] * 5000)}]\n",
    "a text of 50 MB": f"{HEAD}sync_names: {'x' * 50_000_000}\n",
    "a key of 5 MB": f"{HEAD}{'x' * 5_000_000}: 1\n",
    "a comment of 50 MB": f"{SYNC}# {'x' * 50_000_000}\n",
    "20,000 in a union": _model(f"        kind: {' | '.join(f'k{n}' for n in range(20_000))}\n"),
    "20,000 numbers in a union": _model(f"        kind: {' | '.join(str(n) for n in range(20_000))}\n"),
    "20,000 arrays in a union": _model(f"        kind: {' | '.join(f'User{n}[]' for n in range(20_000))}\n"),
    "20,000 bars": _model(f"        kind: 'a{'|' * 20_000}'\n"),
    "a union of a list": _model(f"        kind: [{', '.join(f'k{n} | null' for n in range(20_000))}]\n"),
    "10,000 fields": _model("".join(f"        f{n}: string\n" for n in range(10_000))),
    "3,000 models": SYNC + "models:\n" + "".join(f"    M{n}: {{id: string}}\n" for n in range(3_000)),
    "5,000 models in a row": SYNC
    + "models:\n    M0: {id: string}\n"
    + "".join(f"    M{n}: {{__extends: M{n - 1}}}\n" for n in range(1, 5_000)),
    "a million items": f"{HEAD}sync_names: [{'a,' * 1_000_000}]\n",
    "10,000 lists deep": f"{HEAD}sync_names: {'[' * 10_000}{']' * 10_000}\n",
    "10,000 mappings deep": f"{SYNC}models: {'{a: ' * 10_000}1{'}' * 10_000}\n",
    "1,000 blocks deep": f"{SYNC}models:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 1_000)),
    "10,000 lists open": f"{HEAD}sync_names: {'[' * 10_000}",
    "10,000 dashes deep": f"{HEAD}sync_names:\n{'- ' * 10_000}a\n",
    "10,000 questions": f"{'? ' * 10_000}a\n",
    "10,000 tags": f"{HEAD}sync_names: {'!a ' * 10_000}b\n",
    "10,000 anchors": f"{HEAD}sync_names: [{', '.join(f'&a{n} a' for n in range(10_000))}]\n",
    # As much as is taken, in places where somebody might compare each with each
    "the most fields": _model("".join(f"        f{n}: string\n" for n in range(990))),
    "the longest union": _model(f"        kind: {' | '.join(f'k{n}' for n in range(500))}\n"),
    "the longest row of models": SYNC
    + "models:\n    M0: {id: string}\n"
    + "".join(f"    M{n}: {{__extends: M{n - 1}}}\n" for n in range(1, 400)),
    "the most models that name each other": SYNC
    + "models:\n"
    + "".join(f"    M{n}: {{id: string, next: 'M{(n + 1) % 400}[]'}}\n" for n in range(400)),
    "8,000 scopes": f"{HEAD}syncs: [{{name: users, scopes: [{', '.join(f's{n}' for n in range(8_000))}]}}]\n",
    "8,000 unknown answers": SYNC + "".join(f"key{n}: 1\n" for n in range(8_000)),
    "8,000 wrong names": f"{HEAD}sync_names: [{'1, ' * 8_000}]\n",
    # Not what it should be
    "nothing": "",
    "blanks": " \n\n",
    "a list": "[a, b]\n",
    "a text": "github\n",
    "a number": "17\n",
    "null": "null\n",
    "a date": f"{HEAD}sync_names: 2024-01-01\n",
    "a date that is none": f"{HEAD}sync_names: 2024-99-99\n",
    "numbers for names": f"{HEAD}sync_names: [1, 2.5, .inf, .nan, -0]\n",
    "a huge number": f"{HEAD}sync_names: {'9' * 5_000}\n",
    "a huge hexadecimal": f"{HEAD}sync_names: 0x{'f' * 5_000}\n",
    "a huge exponent": f"{HEAD}sync_names: 1e999999999\n",
    "true for a provider": "provider: true\nsync_names: [users]\n",
    "mapping for a provider": "provider: {a: b}\nsync_names: [users]\n",
    "mapping for a key": f"{{a: b}}: c\n{SYNC}",
    "list for a key": f"? [a, b]\n: c\n{SYNC}",
    "null for a key": f"~: c\n{SYNC}",
    "a key twice": f"{SYNC}{HEAD}",
    "keys of objects": f"{SYNC}models: {{User: {{id: string, __proto__: string, constructor: string}}}}\n",
    "key of an object": f"{SYNC}__proto__: {{}}\n",
    "an unknown alias": f"{HEAD}sync_names: *nobody\n",
    "binary": f"{HEAD}sync_names: !!binary /w==\n",
    "a set": f"{HEAD}sync_names: !!set {{a, b}}\n",
    "an ordered map": f"{SYNC}models: !!omap [a: 1]\n",
    "pairs": f"{SYNC}models: !!pairs [a: 1]\n",
    "a python object": f"{HEAD}sync_names: !!python/object/apply:os.system [touch it-ran]\n",
    "a tag of one's own": f"{HEAD}sync_names: !me [a]\n",
    "a float that is none": f"{HEAD}sync_names: !!float nothing\n",
    "an int that is none": f"{HEAD}sync_names: !!int 0x\n",
    "a bool that is none": f"{HEAD}sync_names: !!bool perhaps\n",
    "a timestamp that is none": f"{HEAD}sync_names: !!timestamp soon\n",
    "null with a value": f"{HEAD}sync_names: !!null here\n",
    "several documents": f"{SYNC}---\n{SYNC}",
    "a directive": f"%YAML 9.9\n---\n{SYNC}",
    "tag of nothing": f"%TAG ! tag:evil,2024:\n---\n{SYNC}",
    # Not text
    "a byte that is no UTF-8": HEAD.encode() + b"sync_names: [\xff]\n",
    "UTF-16": SYNC.encode("utf-16"),
    "a zero": f"{HEAD}sync_names: [a\0b]\n",
    "control characters": f"{HEAD}sync_names: [\x1b[2Ja]\n",
    "control characters, written": f'{HEAD}sync_names: ["\\e[2Ja\\r\\n\\0"]\n',
    "half a character": f'{HEAD}sync_names: ["\\ud800"]\n',
    "beyond the last character": f'{HEAD}sync_names: ["\\UFFFFFFFF"]\n',
    "a line end of Unicode": f"{HEAD}sync_names: [a\u2028b]\n",
    "right to left": f"{HEAD}sync_names: [\u202eusers]\n",
    "tabs": f"{HEAD}syncs:\n\t- name: users\n",
    "a mark in the middle": f"{HEAD}\ufeffsync_names: [users]\n",
    # Out of the project, or out of a string
    "up and out": "provider: github\nintegration: ../../evil\nsync_names: [users]\n",
    "absolute": "provider: github\nintegration: /tmp/evil\nsync_names: [users]\n",
    "a name that leads out": f"{HEAD}sync_names: [../../../evil]\n",
    "a name of Windows": f"{HEAD}sync_names: [CON, 'a:b', 'a\\b']\n",
    "a long name": f"{HEAD}sync_names: [{'a' * 300}]\n",
    "a template of ours": f"{HEAD}sync_names: ['{{{{ 7 * 7 }}}}']\n",
    "a path with a quote": f"{HEAD}syncs: [{{name: users, request: {{path: \"/a'+process.exit()+'\"}}}}]\n",
    "a path of a template": f"{HEAD}syncs: [{{name: users, request: {{path: '/${{`${{1}}`}}'}}}}]\n",
    "a comment that ends": f"{HEAD}syncs: [{{name: users, description: '*/ process.exit() /*'}}]\n",
    "a base URL": "provider: x\nprovider_facts: {base_url: 'https://a/`${1}'}\nsync_names: [users]\n",
    "facts of every type": f"{SYNC}provider_facts: {{headers: 1, retry: [a], paginate: x, auth_mode: {{}}}}\n",
}
