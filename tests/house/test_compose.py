"""What the container files promise, read without running them."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "docker-compose.yml").read_text()
OURS = ("migrate", "publish", "web", "worker")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]
    return found


def test_web_worker_and_database_are_there(services: dict[str, Any]) -> None:
    assert set(services) == {"db", "migrate", "publish", "web", "worker"}
    assert services["db"]["image"] == "postgres:18"


def test_each_lasting_service_tells_its_health(services: dict[str, Any]) -> None:
    assert "HEALTHCHECK" in DOCKERFILE
    assert "disable" not in services["web"].get("healthcheck", {})
    assert services["db"]["healthcheck"]["test"][0] == "CMD"
    worker = services["worker"]
    assert worker["healthcheck"]["test"][-2:] == ["worker", worker["command"][-1]]


@pytest.mark.parametrize("name", ["web", "worker"])
def test_nothing_serves_before_the_tables_are_there(services: dict[str, Any], name: str) -> None:
    waits = services[name]["depends_on"]
    assert waits["db"]["condition"] == "service_healthy"
    assert waits["migrate"]["condition"] == "service_completed_successfully"


def test_rules_and_consent_text_are_in_force_before_anybody_is_served(
    services: dict[str, Any],
) -> None:
    command = " ".join(services["publish"]["command"])
    assert "publish_pack" in command
    assert "publish_consent" in command
    waits = services["web"]["depends_on"]
    assert waits["publish"]["condition"] == "service_completed_successfully"


def test_only_the_migration_knows_the_owner(services: dict[str, Any]) -> None:
    knowing = {name for name in OURS if "DATABASE_OWNER_URL" in services[name]["environment"]}
    assert knowing == {"migrate"}
    assert "cleared_app:" in services["web"]["environment"]["DATABASE_URL"]


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_change_nothing(services: dict[str, Any], name: str) -> None:
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "user" not in service


def test_the_image_does_not_run_as_root() -> None:
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    users = re.findall(r"^USER (\S+)", last, re.MULTILINE)
    assert users
    assert users[-1] not in {"root", "0"}
    assert last.index("USER") < last.index("CMD [")


def test_no_secret_is_written_down(services: dict[str, Any]) -> None:
    for service in services.values():
        for name, value in service["environment"].items():
            if re.search(r"PASSWORD|SECRET|KEY|URL", name):
                assert "${" in value
                assert not re.search(r"\$\{\w*(PASSWORD|SECRET|KEY)\w*:-", value)
    assert not re.search(r"^(ARG|ENV) .*(SECRET|PASSWORD)", DOCKERFILE, re.MULTILINE)
    for line in (ROOT / ".env.example").read_text().splitlines():
        name, _, value = line.partition("=")
        assert not value or name in {"TIME_ZONE"} or line.startswith("#")


def test_every_image_names_its_version() -> None:
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert images
    assert all(re.fullmatch(r"\w+:[\d.]+[\w.-]*", image) for image in images)


def test_packages_are_checked_against_their_hashes() -> None:
    assert "--require-hashes" in DOCKERFILE
    assert "npm ci" in DOCKERFILE
    assert "requirements-dev" not in DOCKERFILE


def test_all_that_the_image_copies_is_let_in() -> None:
    let_in = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines()}
    for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        for source in sources.split():
            assert source in let_in or source.split("/")[0] in let_in
            assert (ROOT / source).exists(), source
