"""The map page's fixed parts as folium makes them. Apart, because folium takes half a second to load."""

from branca.element import Figure, JavascriptLink, MacroElement
from folium import Map
from folium.template import Template
from folium.utilities import camelize
from markupsafe import Markup

from gallery.language import gettext as _


def rendered(scripts: dict[str, str], styles: dict[str, str]) -> tuple[Markup, Markup]:
    """(head, body) of the page; `scripts` and `styles` are URLs by name, in the order in which they load."""
    figure = Figure()
    figure.header._children.clear()  # the layout says the page's encoding itself
    photo_map = PhotoMap(scripts, styles).add_to(figure)
    MapPanel().add_to(photo_map)
    figure.render()
    head, body = figure.header.render(), figure.html.render()
    return Markup(head), Markup(body)  # noqa: S704 - made of constants and plain URLs


class PhotoMap(Map):
    """A map that states its options as JSON in `data-options` and leaves the drawing to our own script."""

    _template = Template("""
        {% macro html(this, kwargs) %}
        <div class="map" id="{{ this.get_name() }}" role="region" aria-label="{{ this.label }}"
             data-center='{{ this.location|tojson }}' data-options='{{ this.leaflet_options|tojson }}'></div>
        {% endmacro %}
    """)

    def __init__(self, scripts: dict[str, str], styles: dict[str, str]) -> None:
        super().__init__(
            location=[25, 0],
            zoom_start=2,
            tiles=None,
            max_bounds=True,
            min_lat=-85.06,
            max_lat=85.06,
            min_lon=-3600,  # the world may be walked round ten times; only the poles are ends
            max_lon=3600,
            minZoom=1,
            maxZoom=18,  # folium's own max_zoom is lost without its tiles
            worldCopyJump=True,
            maxBoundsViscosity=1,
        )
        self._name, self._id = "photo", "map"
        self.label = _("Map of images")
        self.default_js = list(scripts.items())
        self.default_css = list(styles.items())

    @property
    def leaflet_options(self) -> dict[str, object]:
        return {camelize(name): value for name, value in self.options.items()}

    def render(self, **kwargs: object) -> str:
        """Puts the map's parts into its figure, with scripts that do not hold up the page."""
        super().render(**kwargs)  # type: ignore[no-untyped-call] # folium types only in part
        figure = self.get_root()
        if isinstance(figure, Figure):
            for link in figure.header._children.values():
                if isinstance(link, JavascriptLink):
                    link._template = Template('<script src="{{ this.url }}" defer></script>')
        return ""


class MapPanel(MacroElement):
    """The words around the map that our script shows and hides."""

    _template = Template("""
        {% macro html(this, kwargs) %}
        <p class="map-coarse" data-map="coarse" hidden>{{ this.words.coarse }}</p>
        <div class="map-message" data-map="message" hidden>
          <p data-map="message-text"></p>
          <button type="button" data-map="retry" hidden>{{ this.words.retry }}</button>
          <button type="button" data-map="show-all" hidden>{{ this.words.show_all }}</button>
        </div>
        <div class="map-bar">
          <p class="map-status" data-map="status" role="status"></p>
          <a class="map-area" data-map="area" hidden>{{ this.words.area }}</a>
          <p class="map-credit">
            <span data-map="tiles-credit" hidden></span>
            <span data-map="basemap-credit" hidden>{{ this.words.places }}
              <a href="https://www.geonames.org/">GeoNames</a>
              (<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>).</span>
            {{ this.words.drawn }}
          </p>
        </div>
        {% endmacro %}
    """)

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # branca types only in part
        self._name, self._id = "panel", "map"
        self.words = {
            "coarse": _("At this scale the coast is only approximate."),
            "retry": _("Try again"),
            "show_all": _("Show all images"),
            "area": _("This area as a grid"),
            "places": _("Natural Earth; places ©"),
            "drawn": _("Drawn with Leaflet."),
        }
