"""Run by the test, in a Python that has fideslang and the pydantic it asks for: parse and print.

No test module: the program's own pydantic is newer than fideslang allows.
"""

import sys
from pathlib import Path

import yaml
from fideslang import Taxonomy
from fideslang.default_taxonomy import DEFAULT_TAXONOMY

taxonomy = Taxonomy.model_validate(yaml.safe_load(Path(sys.argv[1]).read_text("utf-8")))

own = {
    kind: {resource.fides_key for resource in getattr(taxonomy, kind)}
    for kind in ("data_category", "data_use", "data_subject", "system")
}
known = {
    kind: keys | {resource.fides_key for resource in getattr(DEFAULT_TAXONOMY, kind) or ()}
    for kind, keys in own.items()
}
for kind in ("data_category", "data_use"):
    for resource in getattr(taxonomy, kind):
        if resource.parent_key not in known[kind]:
            sys.exit(f"{resource.fides_key}: its parent {resource.parent_key} is unknown")
for system in taxonomy.system:
    for declaration in system.privacy_declarations:
        named = {
            "data_category": {*declaration.data_categories, *declaration.shared_categories},
            "data_use": {declaration.data_use},
            "data_subject": set(declaration.data_subjects),
        }
        for kind, keys in named.items():
            if keys - known[kind]:
                sys.exit(f"{declaration.name}: unknown {kind}: {keys - known[kind]}")
    for flow in [*(system.egress or []), *(system.ingress or [])]:
        if flow.fides_key not in own["system"]:
            sys.exit(f"{system.fides_key}: unknown system {flow.fides_key}")

sys.stdout.write(taxonomy.model_dump_json())
