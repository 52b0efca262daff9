# Les commandes de La Ressourcerie. `make` seul les liste.
.DEFAULT_GOAL := help
.PHONY: help site test audit serve check format lint bench clean

BIN := .venv/bin
# Material announces the end of its life at every start: we know, and plan for it.
export NO_MKDOCS_2_WARNING := 1
LOCKS := pyproject.toml scripts/setup

help: ## Affiche cette aide
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

# The stamps hold the state of the environment: no work when nothing has changed.
.venv/.stamp: requirements.lock $(LOCKS)
	@scripts/setup requirements.lock
	@touch $@

.venv/.stamp-dev: requirements-dev.lock $(LOCKS)
	@scripts/setup requirements-dev.lock --browser
	@touch .venv/.stamp $@

.cache/audit/.stamp: .venv/.stamp-dev scripts/auditing/package-lock.json
	@scripts/setup requirements-dev.lock --audit
	@touch $@

site: .venv/.stamp ## Construit le site et les PDF dans site/
	@$(BIN)/ressourcerie build

PORT ?= 8000
serve: .venv/.stamp ## Sert le site sur ce poste, avec mise à jour immédiate (PORT=8001 pour un autre port)
	@$(BIN)/mkdocs serve --dev-addr localhost:$(PORT)

check: .venv/.stamp ## Vérifie les textes sans rien construire
	@$(BIN)/ressourcerie check

test: .venv/.stamp-dev ## Lance toutes les vérifications du projet
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest -n auto --dist worksteal

audit: .cache/audit/.stamp site ## Fait juger le site construit par le validateur Nu et par Lighthouse
	@$(BIN)/python scripts/audit

format: .venv/.stamp-dev ## Met le code en forme
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: .venv/.stamp-dev ## Mesure les vérifications, la construction et le papier sur de grands corpus
	@$(BIN)/python scripts/bench check
	@$(BIN)/python scripts/bench build
	@$(BIN)/python scripts/bench paper

clean: ## Enlève l’environnement, le cache et le site
	rm -rf .venv .cache site
