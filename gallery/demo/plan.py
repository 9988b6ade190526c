"""Every sample photograph, album by album, in the order they were taken."""
# ruff: noqa: E501 - a photograph is a line

from gallery.demo.scenes import (
    attic,
    blocks,
    boats,
    brickwork,
    bridges,
    canals,
    cargo,
    country,
    cracks,
    desk,
    doors,
    earthworks,
    girders,
    instruments,
    masts,
    notices,
    panels,
    park,
    plant,
    rebar,
    roofs,
    rows_of_houses,
    scaffold,
    school,
    shores,
    signposts,
    skylines,
    stairs,
    stone_front,
    streets,
    winter,
)
from gallery.demo.shot import LANDSCAPE, PANORAMA, SQUARE, UPRIGHT, Claims, Shot
from gallery.demo.sites import HARBOUR, ROOFS, SCHOOL, SOLAR, Site

_LONG_NAME = "-".join([
    "Harbour crossing", "east approach viaduct", "axis 14 to axis 22", "underside seen from the towpath",
    "general view with all columns", "taken at low tide before the bearing inspection", "copy 2.jpg",
])  # fmt: skip

_HARBOUR = (
    Shot("crossing-dawn.jpg", bridges.cable_stayed, PANORAMA, "landscape delivered", "The crossing at dawn", "Both pylons from the west bank, 06:40.", Claims.AGREE_WITH_IP),
    Shot("IMG_0391.jpg", cargo.quay_at_sunset, LANDSCAPE, "landscape", "Cranes at quay 7", "Unloading went on until nine.", Claims.AGREE_WITH_IP),
    Shot("IMG_0392.jpg", cracks.pier_crack, LANDSCAPE, "crack concrete before", "Crack in pier 3", "Widest at the second joint: 2.5 mm. Tide mark 40 cm below."),
    Shot("IMG_0394.jpg", bridges.deck, LANDSCAPE, "concrete safety", "Deck, closed for the survey"),
    Shot("containers.png", cargo.container_wall, LANDSCAPE, "north-side delivered", "Containers, north side", None, Claims.BROWSER_ONLY, 0.7),
    Shot("IMG_0401.jpg", boats.tug, LANDSCAPE, "delivered", "Tug with the pontoon's anchor", None, Claims.EXIF_ONLY),
    Shot(_LONG_NAME, girders.colonnade, LANDSCAPE, "concrete north-side", None, "All bearings reached from the towpath."),
    Shot("speicherstadt.jpg", canals.warehouses, LANDSCAPE, "facade landscape", "Speicherstadt, nach Feierabend", None, Claims.NONE, has_exif=False),
    Shot("IMG_0407.jpg", girders.truss, LANDSCAPE, "safety", "Old railway bridge, centre span"),
    Shot("buoys.webp", boats.buoys_in_fog, LANDSCAPE, "safety sign", "Fog in the fairway", "Survey boat sent home at 08:10.", Claims.AGREE, 0.8),
    Shot("night panorama.jpg", canals.lights_across_the_water, PANORAMA, "landscape", "Hamburg bei Nacht", None, Claims.IP_ONLY),
    Shot("IMG_0412.jpg", shores.lighthouse, UPRIGHT, "landscape", "Pilot light, gale 8", None, Claims.EXIF_40_KM_OFF),
    Shot("IMG_0413.jpg", signposts.waymarker, UPRIGHT, "sign", "Finger post on the dyke path"),
    Shot("IMG_0415.jpg", plant.oil_seal, LANDSCAPE, "interior", "Lift gear, cover off", "Oil changed, no wear on the teeth."),
    Shot("site report 14.pdf", None, LANDSCAPE, "delivered", "Site report 14", "Three pages: summary with plan, readings, photograph.", Claims.BROWSER_ONLY),
)  # fmt: skip

_SOLAR = (
    Shot("rows.jpg", panels.rows_at_evening, LANDSCAPE, "landscape delivered", "Rows 1 to 20 at evening", "Last table of block A set today.", Claims.AGREE_WITH_IP),
    Shot("drone_0007.jpg", park.from_above, LANDSCAPE, "landscape", "Blocks A to E from 120 m", None, Claims.EXIF_ONLY, 1.5),
    Shot("broken.jpg", panels.broken_panel, LANDSCAPE, "crack before", "Struck panel, row 9", "Hail or a stone; replaced under warranty."),
    Shot("ridge.jpg", masts.turbines, PANORAMA, "landscape", "Eólicas ao pôr do sol", None, Claims.AGREE),
    Shot("night.jpg", park.night_over_panels, UPRIGHT, "landscape", "天の川とソーラーパネル", "Thirty seconds on a tripod.", Claims.AGREE),
    Shot("line.jpg", masts.pylons, UPRIGHT, "delivered", "60 kV line to the substation"),
    Shot("trench.jpg", earthworks.cable_trench, LANDSCAPE, "before safety", "Cable trench, block C", "Conduit laid, sand bed to follow.", Claims.AGREE_WITH_IP),
    Shot("oak.jpg", country.cork_oak, LANDSCAPE, "landscape", "The oak that stays", "The layout was moved 15 m to keep it.", Claims.EXIF_SIGN_SWAPPED),
    Shot("village.tif", country.white_village, LANDSCAPE, "landscape", "Aldeia vista do parque", None, Claims.AGREE, 0.6),
    Shot("lane.jpg", doors.blue_lane, UPRIGHT, "facade", None, None, Claims.NONE, has_exif=False),
    Shot("sign.jpg", notices.warning_sign, LANDSCAPE, "sign safety", "Fence sign, gate 2", None, Claims.BROWSER_ONLY),
    Shot("meter.jpg", instruments.electricity_meter, LANDSCAPE, "meter delivered", "Meter 7 110 482", "Reading at hand-over: 048213.7 kWh."),
)  # fmt: skip

_ROOFS = (
    Shot("DSC_2201.jpg", blocks.blocks_from_above, SQUARE, "roof landscape", "Le Plateau vu du ciel", "Flight 2, 110 m above the street.", Claims.EXIF_ONLY),
    Shot("DSC_2202.jpg", rows_of_houses.plex_stairs, LANDSCAPE, "facade", "Rue Drolet, côté est", None, Claims.AGREE_WITH_IP),
    Shot("DSC_2205.jpg", roofs.shingles, LANDSCAPE, "roof before crack", "Bardeaux arrachés", "Four shingles gone, felt torn in one place."),
    Shot("DSC_2206.jpg", roofs.flat_roof, LANDSCAPE, "roof delivered", "Plant on the flat roof", "Units 1 to 4, gravel relaid."),
    Shot("fan.jpg", plant.ventilator, SQUARE, "roof", "Extractor 3", None, Claims.BROWSER_ONLY),
    Shot("DSC_2210.jpg", attic.attic, LANDSCAPE, "interior roof", "Under the rafters", "Dry. No trace of water at the skylight."),
    Shot("gauges.avif", instruments.pressure_gauges, SQUARE, "meter interior", "Pressure, riser B", None, Claims.AGREE, 0.7),
    Shot("DSC_2214.jpg", skylines.copper_domes, UPRIGHT, "roof landscape", "Dômes de cuivre", None, Claims.NONE, has_exif=False),
    Shot("DSC_2215.jpg", rows_of_houses.curtain_wall, UPRIGHT, "facade", "Centre-ville", None, Claims.IP_ONLY),
    Shot("DSC_2219.jpg", streets.avenue, LANDSCAPE, "landscape", "Parc La Fontaine, octobre", None, Claims.AGREE_WITH_IP),
    Shot("lac.jpg", shores.lake, PANORAMA, "landscape", "Une fin de semaine au lac", "Not part of the survey.", Claims.EXIF_40_KM_OFF),
    Shot("DSC_2230.jpg", winter.icicles, LANDSCAPE, "roof safety north-side", "Glaçons sur la gouttière", "North side never sees the sun; heat cable proposed."),
    Shot("first snow.heic", winter.winter_roofs, LANDSCAPE, "roof after", "First snow", None, Claims.AGREE, 0.7),
    Shot("IMG_0417 (damaged).jpg", rebar.rebar, LANDSCAPE, "concrete", None, "The card was pulled out while writing.", Claims.BROWSER_ONLY, 0.5, damaged=True),
)  # fmt: skip

_SCHOOL = (
    Shot("facade.jpg", stone_front.haussmann, UPRIGHT, "facade before", "Façade sur rue", "Before the scaffold went up.", Claims.AGREE_WITH_IP),
    Shot("واجهة المدرسة.jpg", scaffold.scaffolded, LANDSCAPE, "scaffold facade safety", "السقالة على الواجهة الشمالية", None, Claims.AGREE),
    Shot("fissure 1.jpg", brickwork.cracked_brick, LANDSCAPE, "crack before north-side", "Fissure en escalier", "Gauge set on 5 October; no movement since.", Claims.AGREE_WITH_IP),
    Shot("fissure 2.jpg", brickwork.repointed_brick, LANDSCAPE, "after north-side delivered", "Rejoints repris", "The same wall, repointed in lime."),
    Shot("classroom.jpg", school.classroom, LANDSCAPE, "interior", "Salle 7, le matin"),
    Shot("couloir.jpg", stairs.corridor, UPRIGHT, "interior delivered", "Couloir du premier", None, Claims.NONE, has_exif=False),
    Shot("escalier.jpg", stairs.spiral_stair, SQUARE, "interior", "Escalier B, vu d'en haut", None, Claims.EXIF_ONLY),
    Shot("cour.jpg", school.courtyard, LANDSCAPE, "after", "校庭", "Marelle repainted.", Claims.AGREE, 2.0),
    Shot('<b>&"quotes".jpg', notices.hoarding, LANDSCAPE, "sign safety", 'Notices <b>&"quotes"</b>', "Markup in a name is text, nothing else.", Claims.BROWSER_ONLY),
    Shot("ferraillage.jpg", rebar.rebar, LANDSCAPE, "concrete before", "Ferraillage de la dalle", "Checked before the pour: spacing 20 cm."),
    Shot("grues.jpg", scaffold.tower_crane, UPRIGHT, "scaffold landscape", "Grues, rue Faidherbe", None, Claims.IP_IN_NEW_YORK),
    Shot("chantier.jpg", earthworks.roadworks, LANDSCAPE, "safety before", "Gas main, day 1"),
    Shot("chaufferie.jpg", plant.boiler_room, LANDSCAPE, "interior meter", "Chaufferie", "Valve 2 replaced; pressure 3.1 bar.", Claims.AGREE_WITH_IP),
    Shot("plans.jpg", desk.plans_on_a_desk, LANDSCAPE, "interior", "Plan of level 2", None, Claims.NONE, has_exif=False),
    Shot("toits.jpg", skylines.zinc_roofs, LANDSCAPE, "roof landscape", "Toits de zinc", "From the top of the scaffold."),
    Shot("café.gif", streets.wet_night, LANDSCAPE, "facade", "Après la réunion", None, Claims.NONE, 0.5, has_exif=False),
    *(
        Shot(f"door orientation {turn}.jpg", doors.door, LANDSCAPE, "facade delivered" if turn == 1 else "facade", "Numéro 12", f"Stored with EXIF orientation {turn}.", Claims.AGREE, 0.8, turn)
        for turn in range(1, 9)
    ),
)  # fmt: skip

PLAN: tuple[tuple[Site, tuple[Shot, ...]], ...] = (
    (HARBOUR, _HARBOUR),
    (SOLAR, _SOLAR),
    (ROOFS, _ROOFS),
    (SCHOOL, _SCHOOL),
)
