"""Writes what the release binary contains as CycloneDX: crates that are linked in, C code that they bring, the standard library,
and the parts of the explorer. What only builds or tests it (build scripts, macros, test crates) is not in the binary, nor here.

The same tree and toolchain give the same text: the serial number follows from the content, and there is a timestamp only where
SOURCE_DATE_EPOCH says which.
"""

import json
import os
import re
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

ROOT = "avrr-gateway"
BROKEN = '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "no such type", "name": "a"}]}'
MANY = 200  # fewer crates than this cannot be all

licences = LicenseFactory()


def said(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def component(name, version, purl, licence, kind=ComponentType.LIBRARY, **more):
    purl = PackageURL.from_string(purl) if purl else None
    ref = str(purl) if purl else name
    made = Component(name=name, version=version, type=kind, purl=purl, bom_ref=ref, scope=ComponentScope.REQUIRED, **more)
    if licence:
        # Older crates write a slash where SPDX has OR.
        made.licenses.add(licences.make_with_expression(re.sub(r"\s*/\s*", " OR ", licence)))
    return made


def linked(target):
    """The crates that are linked in, as cargo says: (name, version) to those that each needs."""
    edges, path = {}, []
    tree = said(
        "cargo", "tree", "--locked", "--target", target, "--package", ROOT, "--edges", "normal,no-proc-macro", "--prefix", "depth"
    )
    for line in tree.splitlines():
        found = re.match(r"(\d+)(\S+) v(\S+)", line)
        if not found:
            continue
        depth, crate = int(found[1]), (found[2], found[3])
        edges.setdefault(crate, set())
        path[depth:] = [crate]
        if depth:
            edges[path[depth - 1]].add(crate)
    return edges


def checksums():
    """What Cargo.lock says of each crate from the registry."""
    lock = Path("Cargo.lock").read_text()
    pattern = r'name = "([^"]+)"\nversion = "([^"]+)"\nsource = "[^"]+"\nchecksum = "([0-9a-f]{64})"'
    return {(name, version): digest for name, version, digest in re.findall(pattern, lock)}


def crates(target):
    edges, digests = linked(target), checksums()
    metadata = json.loads(said("cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target))
    known = {(package["name"], package["version"]): package for package in metadata["packages"]}
    made = {}
    for crate in sorted(edges):
        name, version = crate
        package = known[crate]
        kind = ComponentType.APPLICATION if name == ROOT else ComponentType.LIBRARY
        one = component(name, version, f"pkg:cargo/{name}@{version}", package["license"], kind, description=package["description"])
        if crate in digests:
            one.hashes.add(HashType(alg=HashAlgorithm.SHA_256, content=digests[crate]))
        if package["repository"]:
            one.external_references.add(ExternalReference(type=ExternalReferenceType.VCS, url=XsUri(package["repository"])))
        made[crate] = one
    return made, edges, known


def of_the_source(known, crate, file, pattern):
    """A version that a crate's own C source says."""
    name = next(crates for crates in known if crates[0] == crate)
    text = (Path(known[name]["manifest_path"]).parent / file).read_text()
    return name, re.search(pattern, text)[1]


def brought(known, made):
    """C code that crates bring, each with the crate that brings it."""
    crate, version = of_the_source(known, "libsqlite3-sys", "sqlite3/sqlite3.h", r'#define SQLITE_VERSION +"([^"]+)"')
    yield made[crate], component("sqlite", version, f"pkg:generic/sqlite@{version}", "blessing", description="Bundled SQLite.")
    # Without its feature `v2` the crate builds the third version.
    header = "c_src/mimalloc/v3/include/mimalloc.h"
    crate, number = of_the_source(known, "libmimalloc-sys", header, r"#define MI_MALLOC_VERSION +(\d+)")
    version = f"{int(number) // 10000}.{int(number) // 100 % 100}.{int(number) % 100}"
    yield made[crate], component("mimalloc", version, f"pkg:generic/mimalloc@{version}", "MIT", description="Bundled allocator.")


def toolchain():
    release = re.search(r"^release: (\S+)", said("rustc", "-vV"), re.M)[1]
    return component("rust-std", release, f"pkg:generic/rust-std@{release}", "MIT OR Apache-2.0", description="Rust's standard library.")


def explorer():
    """The packages of the explorer, as their licences are listed, where its scripts are there to be built in."""
    if not any(Path("assets/explorer").rglob("graphiql.min.js")):
        return
    listed = re.findall(r"^(@?[\w./-]+) (\d[\w.-]*) \(([\w .-]+)\)$", Path("assets/explorer/LICENSES.txt").read_text(), re.M)
    for name, version, licence in listed:
        yield component(name, version, f"pkg:npm/{name.replace('@', '%40')}@{version}", licence)
    for font, licence in [("Roboto", "Apache-2.0"), ("Fira Code", "OFL-1.1")]:
        yield component(font, None, None, licence, ComponentType.FILE, description="Font in the style sheet of GraphiQL.")


def bill(target):
    made, edges, known = crates(target)
    bom = Bom()
    root = next(one for (name, _), one in made.items() if name == ROOT)
    bom.metadata.component = root
    bom.metadata.properties.add(Property(name="cargo:target", value=target))
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    bom.metadata.timestamp = datetime.fromtimestamp(int(epoch), timezone.utc) if epoch else None
    needs = {one.bom_ref.value: (one, [made[crate] for crate in edges[key]]) for key, one in made.items()}
    also = [toolchain(), *explorer()]
    for crate, one in brought(known, made):
        needs[crate.bom_ref.value][1].append(one)
        also.append(one)
    needs[root.bom_ref.value][1].extend(one for one in also if str(one.purl).startswith(("pkg:npm", "pkg:generic/rust")) or not one.purl)
    for one in [*made.values(), *also]:
        if one is not root:
            bom.components.add(one)
    for one, needed in needs.values():
        bom.register_dependency(one, needed)
    text = "\n".join(sorted(one.bom_ref.value for one in bom.components)) + target + Path("Cargo.lock").read_text()
    bom.serial_number = uuid5(NAMESPACE_URL, text)
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def wrong(text):
    """What the schema of CycloneDX finds wrong."""
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    return None if fault is None else str(fault.data.message if hasattr(fault.data, "message") else fault.data)


def main():
    target, file = sys.argv[1:]
    text = bill(target)
    counted = json.loads(text)
    crates_in = [one for one in counted["components"] if one.get("purl", "").startswith("pkg:cargo/")]
    refused = wrong(text)
    complaints = [
        refused and f"the schema of CycloneDX refuses it: {refused}",
        bill(target) != text and "made twice, it is not the same",
        len(crates_in) < MANY and f"it names {len(crates_in)} crates alone",
        wrong(BROKEN) is None and "the schema finds no fault in what has one",
    ]
    complaints += [f"{one['name']} {one['version']} has no licence" for one in crates_in if not one.get("licenses")]
    complaints = [complaint for complaint in complaints if complaint]
    for complaint in complaints:
        print(f"sbom: {complaint}", file=sys.stderr)
    if complaints:
        sys.exit(1)
    if file == "-":
        sys.stdout.write(text)
    else:
        Path(file).write_text(text)
        print(f"{Path(file).name}: CycloneDX {counted['specVersion']}, {len(crates_in)} crates and {len(counted['components']) - len(crates_in)} other parts")


main()
