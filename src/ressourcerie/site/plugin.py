"""The MkDocs plugin: mounts the library, hands it to the templates, publishes all or nothing."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Final, Literal

from mkdocs.commands.build import get_context
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils.templates import TemplateContext

from ressourcerie import pipeline
from ressourcerie.diagnostics import Diagnostic, Severity, has_errors
from ressourcerie.load import SOURCE_FOLDERS
from ressourcerie.memory import Memory
from ressourcerie.paper.render import Progress, silent
from ressourcerie.questionnaire import asks_more
from ressourcerie.reporting import render_text, summary
from ressourcerie.settings import read_settings
from ressourcerie.site import dress, offline, printing
from ressourcerie.site.bodies import render_bodies
from ressourcerie.site.catalogue import catalogue
from ressourcerie.site.drawing import Drawings, DrawnTemplate, ground_of
from ressourcerie.site.faults import panel
from ressourcerie.site.finish import finish
from ressourcerie.site.forking import spread
from ressourcerie.site.made import Made, make_all
from ressourcerie.site.mounting import mount, picture_size
from ressourcerie.site.pages import SitePage, site_pages
from ressourcerie.site.plan import Site
from ressourcerie.site.surveys import draw_face
from ressourcerie.staging import Staging, StagingError
from ressourcerie.templating import speak_french

log = logging.getLogger("mkdocs.plugins.ressourcerie")

_MEMORY: Final = "pages.txt"


class RessourcerieConfig(Config):
    """No option: a project is described by its three folders and by `mkdocs.yml` itself."""


class RessourceriePlugin(BasePlugin[RessourcerieConfig]):
    """One instance lives through all the rebuilds of `mkdocs serve`."""

    def __init__(self) -> None:
        self._command = "build"
        self._staging: Staging | None = None
        self._warnings = _WarningCounter()
        self.progress: Progress = silent
        self._work: pipeline.Work | None = None
        self._faults: list[Diagnostic] = []

    @property
    def work(self) -> pipeline.Work:
        """What the last good run has read and printed. RuntimeError before the first."""
        if self._work is None:
            raise RuntimeError("nothing has been read yet")
        return self._work

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember which command runs: only a build replaces a site."""
        self._command = command
        # MkDocs keeps one instance for every project of a process.
        self._work = None
        self._faults = []

    @event_priority(1000)
    def _count_warnings(self, config: MkDocsConfig) -> None:
        # From the moment MkDocs counts them itself, before any other plugin speaks.
        self._warnings.start()

    @event_priority(0)
    def _prepare(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read, check and print everything; stop here, before a byte is written, on an error."""
        settings, wrong = read_settings(Path(config.config_file_path))
        if settings is None or has_errors(wrong):
            raise Abort(render_text(wrong))
        try:
            # `mkdocs serve` builds in a temporary folder of its own: there is nothing to protect.
            if self._command != "serve":
                self._staging = Staging(Path(config.site_dir), settings.cache)
                config.site_dir = str(self._staging.folder)
            work = pipeline.prepare(settings, self.progress)
        except StagingError as error:
            raise Abort(str(error)) from error
        except BaseException:
            self.discard()
            raise
        for diagnostic in work.diagnostics:
            if diagnostic.severity is Severity.WARNING:
                log.info(render_text([diagnostic]))
        self._faults = [d for d in work.diagnostics if d.is_error]
        if self._faults:
            self.discard()
            said = f"\n{render_text(self._faults)}\n{summary(self._faults)}"
            if self._work is None or self._command != "serve":
                raise Abort(said)
            # The author is looking at the browser: keep the last good site, and say it there.
            log.info("%s", said)
            return config
        self._work = work
        self._pages = {page.src_uri: page for page in site_pages(work.library)}
        self._memory = Memory(settings.cache / _MEMORY)
        pages = tuple(self._pages.values())
        bodies, names = render_bodies(pages, work.library, settings.markdown, self._memory)
        papers = catalogue(work.library, work.pdfs, work.kits)
        self._site = Site(work.library, settings, papers, pages, bodies)
        self._dress(config)
        theme = Path(str(config.theme.custom_dir))
        ground = ground_of(config, theme, {"style": self._style.url, "policy": self._policy})
        self._drawings = Drawings(self._site, names, self._memory, ground)
        # Nothing is left for MkDocs’s own Markdown to do.
        config.markdown_extensions = []
        return config

    on_config = CombinedEvent(_count_warnings, _prepare)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> None:
        """Watch the folders MkDocs does not know of."""
        for folder in (*SOURCE_FOLDERS, "theme/print"):
            path = self.work.settings.root / folder
            if path.is_dir():
                server.watch(str(path))

    def _dress(self, config: MkDocsConfig) -> None:
        theme = Path(str(config.theme.custom_dir))
        self._style = Made(*dress.style_sheet(theme, config.extra_css))
        # MkDocs writes a script of its own into the pages it serves to an author.
        self._policy = "" if self._command == "serve" else dress.POLICY
        # Another plugin may want its say on every page, each time.
        self._alone = list(config.plugins.values()) == [self]

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Mount the three folders, the PDFs and the kits; of the pages, those to draw.

        A page that is known is a file like any other. MkDocs needs those of its menu, and an author
        those that may be told what is wrong with them.
        """
        drawn = []
        to_draw = []
        listed = {file for entry in config.nav or () for file in entry.values()}
        for page in self._site.pages:
            known = self._alone and self._command != "serve" and page.src_uri not in listed
            if known and (html := self._drawings.find(page)):
                drawn.append(Made(page.dest_uri, html.encode()))
            else:
                to_draw.append(page)
        work = self.work
        made = [self._style, *make_all(self._site), *drawn]
        assets, settings = work.library.assets, work.settings
        return mount(files, config, settings, to_draw, assets, work.pdfs, work.kits, made)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the menu, which pages drawn elsewhere show too."""
        self._nav = nav
        return nav

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Give templates their French filters, and what they say of papers; draw the pages."""
        speak_french(env)
        env.globals |= {
            "printing": printing,
            "picture_size": picture_size,
            "face": draw_face,
            "asks_more": asks_more,
            "stylesheet": self._style.url,
            "policy": self._policy,
            # An author who sees yesterday’s page after a change would lose patience.
            "worker": self._policy and self.work.settings.offline and offline.WORKER,
        }
        env.template_class = DrawnTemplate
        if self._alone:
            self._draw(env, config, files)
        return env

    def _draw(self, env: Any, config: MkDocsConfig, files: Files) -> None:
        """Draw in several processes what MkDocs would draw one by one."""
        pages = [file.page for file in files.documentation_pages() if file.page]
        missing = [p for p in pages if not self._drawings.find(self._pages[p.file.src_uri])]

        def work(page: Page) -> str:
            page.active = True
            context = get_context(self._nav, [], config, page)
            context.update(self._drawings.context(self._pages[page.file.src_uri]))  # type: ignore[typeddict-item]
            template = env.get_template(page.meta["template"])
            return str(template.render(context))

        for page, drawn in zip(missing, spread(work, missing), strict=True):
            self._drawings.keep(self._pages[page.file.src_uri], drawn)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Render a body with our own factory, the one paper uses too."""
        ours = self._pages[page.file.src_uri]
        rendered = self._site.body(ours)
        page.title = page.meta["title"] = ours.resource.titre
        page.meta.update(_meta(ours))
        page.toc = get_toc(rendered.toc)  # type: ignore[arg-type] # its token type is private
        page.update_date = str(ours.resource.updated)
        return rendered.html

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """What templates show, or the page itself when it is known."""
        ours = self._pages[page.file.src_uri]
        context.update(self._drawings.context(ours))  # type: ignore[typeddict-item]
        if self._alone:
            context["drawn"] = self._drawings.find(ours)  # type: ignore[typeddict-unknown-key]
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Under `mkdocs serve`, say in the page what is wrong with its text."""
        if self._command == "serve":
            path = self._pages[page.file.src_uri].resource.source.path
            found = panel([*self._faults, *self.work.diagnostics], path)
            output = output.replace("<main", f"{found}<main", 1)
        return output

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Publish, unless MkDocs is about to fail a strict build."""
        self._memory.save()
        if self._staging is None:
            return
        if config.strict and self._warnings.count:
            self.discard()
            return
        finish(self._staging.folder, self._site)
        self._staging.publish()
        # What comes next (`mkdocs gh-deploy`, another plugin) looks for the site in its own place.
        config.site_dir = str(self._staging.target)
        self._staging = None

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the previous site as it was."""
        self.discard()

    def discard(self) -> None:
        """Forget what is being built; the published site is not touched. Safe to call twice."""
        self._warnings.stop()
        if self._staging is not None:
            self._staging.discard()
            self._staging = None


def _meta(page: SitePage) -> dict[str, Any]:
    resource = page.resource
    return {
        "template": page.template,
        "description": resource.summary,
        "author": ", ".join(resource.auteurs),
    }


class _WarningCounter(logging.Handler):
    """Counts what would make MkDocs refuse a strict build, before we publish."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def start(self) -> None:
        self.stop()
        self.count = 0
        logging.getLogger("mkdocs").addHandler(self)

    def stop(self) -> None:
        logging.getLogger("mkdocs").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
