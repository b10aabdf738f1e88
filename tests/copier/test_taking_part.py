"""Which files of a project Copier's update takes into account: those that can be read as files of the project."""

from __future__ import annotations

import os
from pathlib import Path

from tests.commit.support.processes import in_child

from nango_scaffold.copier_integration.update_many import _files
from nango_scaffold.errors import ProjectError


def test_pipes_links_out_and_names_no_path_can_have_take_no_part(tmp_path: Path) -> None:
    project, outside = tmp_path / "project", tmp_path / "outside.ts"
    folder = project / "nango-integrations/hubspot"
    folder.mkdir(parents=True)
    outside.write_text("secret")
    (folder / "types.ts").write_text("types")
    (folder / "same.ts").symlink_to("types.ts")
    (folder / "out.ts").symlink_to(outside)
    (folder / "zero.ts").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.ts")
    os.mkfifo(project / "pipe.json")
    (project / "package.json").write_text("{}")
    with open(os.path.join(os.fsencode(folder), b"caf\xe9.ts"), "wb"):
        pass
    assert dict(_files(project)) == {
        "package.json": b"{}",
        "nango-integrations/hubspot/types.ts": b"types",
        "nango-integrations/hubspot/same.ts": b"types",
    }


def test_a_project_we_may_not_look_into_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, *tmp_path.parents[:2]):
        path.chmod(0o755)
    (tmp_path / "project").mkdir()
    (tmp_path / "project").chmod(0)
    raised = in_child(lambda: list(_files(tmp_path / "project")), as_nobody=True)
    (tmp_path / "project").chmod(0o755)
    assert (raised.kind, raised.exit_code) == (ProjectError.__name__, ProjectError.exit_code)
