"""Rules about links that lead out of the project."""

from __future__ import annotations

from ressourcerie.diagnostics import Family, Severity, rule

DEAD = rule(
    "lien-mort",
    "Une page d’un autre site n’existe plus",
    "Cherchez la nouvelle adresse de la page, ou citez-en une copie d’archive.",
    family=Family.LINKS,
)
NO_ANCHOR = rule(
    "ancre-externe-absente",
    "Une page d’un autre site n’a pas l’endroit visé",
    "Ouvrez la page, cherchez le passage, et copiez sa nouvelle adresse.",
    family=Family.LINKS,
)
UNVERIFIED = rule(
    "lien-non-verifie",
    "Une page d’un autre site n’a pas pu être vérifiée",
    "Ouvrez le lien dans un navigateur : s’il s’affiche, il n’y a rien à changer.",
    Severity.WARNING,
    family=Family.LINKS,
)
TO_HOME = rule(
    "lien-vers-accueil",
    "Une page d’un autre site renvoie à son accueil",
    "Ouvrez le lien : si la page a disparu, cherchez sa nouvelle adresse sur ce site.",
    Severity.WARNING,
    family=Family.LINKS,
)
MOVED = rule(
    "lien-redirige",
    "Une page d’un autre site a changé d’adresse",
    "Écrivez la nouvelle adresse à la place de l’ancienne.",
    Severity.INFO,
    family=Family.LINKS,
)
