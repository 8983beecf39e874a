"""One line of the synthetic shipment file, and the desk that fills it in the way a real declaration is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from entrepot.demo import names
from entrepot.demo.companies import Company, coin
from entrepot.demo.dice import Dice
from entrepot.demo.vocabulary import Product, countries, lanes, products

START = date(2020, 1, 1)
DAYS = (date(2024, 12, 31) - START).days + 1
EVENT = date(2022, 2, 24)
EVENT_DAY = (EVENT - START).days
"""The date a case sets; in the file it is day 785."""

HEADER = (
    "RECORD_ID",
    "DECLARATION_NO",
    "ITEM_NO",
    "DIRECTION",
    "DECLARATION_DATE",
    "SHIPPER_NAME",
    "SHIPPER_TAX_ID",
    "SHIPPER_ADDRESS",
    "SHIPPER_COUNTRY",
    "CONSIGNEE_NAME",
    "CONSIGNEE_TAX_ID",
    "CONSIGNEE_ADDRESS",
    "CONSIGNEE_COUNTRY",
    "NOTIFY_PARTY",
    "FORWARDER_NAME",
    "MANUFACTURER",
    "BRAND",
    "ORIGIN_COUNTRY",
    "DISPATCH_COUNTRY",
    "TRANSIT_COUNTRIES",
    "DESTINATION_COUNTRY",
    "PORT_OF_LOADING",
    "PORT_OF_DISCHARGE",
    "TRANSPORT_MODE",
    "HS_CODE",
    "GOODS_DESCRIPTION",
    "QUANTITY",
    "QUANTITY_UNIT",
    "NET_WEIGHT_KG",
    "GROSS_WEIGHT_KG",
    "VALUE_USD",
    "INCOTERMS",
)
"""Columns of the file, named as customs-data vendors name them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it is numbered. `uid` ties it to the answer key; `goods` is what it really is."""

    uid: int
    batch: int
    """Lines of one declaration share it."""
    day: int
    record_country: str
    direction: str
    shipper: Company
    consignee: Company
    shipper_name: str
    consignee_name: str
    shipper_id: str
    consignee_id: str
    shipper_address: str
    consignee_address: str
    notify: str
    forwarder: str
    manufacturer: str
    brand: str
    origin: str
    dispatch: str
    transit: tuple[str, ...]
    destination: str
    mode: str
    goods: Product
    hs: str
    text: str
    quantity: float
    unit: str
    net_kg: float
    gross_kg: float
    value_usd: float
    incoterm: str

    @property
    def date(self) -> date:
        return START + timedelta(days=self.day)

    @property
    def controlled(self) -> bool:
        return bool(self.goods.tier)


@dataclass(frozen=True, slots=True)
class Order:
    """What is shipped; what is None is drawn by the desk as ordinary trade would have it."""

    shipper: Company
    consignee: Company
    goods: Product
    day: int
    net_kg: float | None = None
    pieces: int | None = None
    price: float = 1.0
    """Factor on the ordinary price."""
    hs: str | None = None
    text: str | None = None
    mode: str | None = None
    transit: tuple[str, ...] | None = None
    destination: str | None = None
    origin: str | None = None
    batch: int | None = None
    shipper_as: str | None = None
    consignee_as: str | None = None
    consignee_address_as: str | None = None
    forwarder: Company | None = None
    notify: Company | None = None
    weight_factor: float = 1.0
    """The declared weight over the true one: 1000 where grams were written as kilograms."""
    with_tax_id: bool | None = None
    direction: str | None = None
    maker: bool = True
    """Whether manufacturer and brand may be stated."""


class Desk:
    """Fills in lines. Prices depend on goods, origin and the pair of companies; texts on who lodges the record."""

    def __init__(self, seed: int, forwarders: list[Company]) -> None:
        self._seed = seed
        self._dice = Dice(seed, "desk")
        self._forwarders = forwarders
        self._price: dict[tuple[str, str], float] = {}
        self._pair: dict[tuple[str, str, str], tuple[float, float, list[str]]] = {}
        self._makers: dict[tuple[str, str], list[str]] = {}
        self._lanes = {(lane.origin, lane.destination): lane for lane in lanes()}
        self._closing = {lane.origin for lane in lanes() if lane.stops}
        """Their goods are not passed on by others, so that what ends at the border ends in the file."""
        self._uid = 0
        self._batch = 0

    def line(self, order: Order) -> Line:
        """One filled-in line."""
        dice, goods = self._dice, order.goods
        shipper, consignee = order.shipper, order.consignee
        destination = order.destination or consignee.country
        dispatch = shipper.country
        origin = order.origin or self._origin(goods, dispatch)
        direction = order.direction or self._direction(destination)
        record_country = dispatch if direction == "EXPORT" else destination
        price, typical_kg, models = self._pair_terms(shipper, consignee, goods)
        net, quantity = self._amounts(order, typical_kg)
        value = net * goods.usd_per_kg * self._origin_price(goods, origin) * price * order.price
        value *= dice.lognormal(1.0, goods.sigma * 0.5)
        transit, mode = self._route(order, dispatch, destination)
        self._uid += 1
        if order.batch is None:
            self._batch += 1
        declared = net * order.weight_factor
        text = order.text or dice.pick(goods.texts[self._language(record_country, consignee)])
        maker = self._maker(goods, origin) if order.maker and dice.chance(0.55) else ""
        own_id = order.with_tax_id if order.with_tax_id is not None else dice.chance(0.95)
        other_id = dice.chance(0.1)
        at_home = record_country == consignee.country
        return Line(
            uid=self._uid,
            batch=order.batch or self._batch,
            day=order.day,
            record_country=record_country,
            direction=direction,
            shipper=shipper,
            consignee=consignee,
            shipper_name=order.shipper_as or names.as_written(shipper, record_country, dice),
            consignee_name=order.consignee_as or names.as_written(consignee, record_country, dice),
            shipper_id=shipper.tax_id if (other_id if at_home else own_id) else "",
            consignee_id=consignee.tax_id if (own_id if at_home else other_id) else "",
            shipper_address=_address(shipper, record_country) if dice.chance(0.6) else "",
            consignee_address=order.consignee_address_as
            or (_address(consignee, record_country) if dice.chance(0.92) else ""),
            notify=self._named(order.notify, 0.06),
            forwarder=self._named(order.forwarder, 0.2),
            manufacturer=f"{maker} CO" if maker and dice.chance(0.7) else "",
            brand=maker,
            origin=origin,
            dispatch=dispatch,
            transit=transit,
            destination=destination,
            mode=mode,
            goods=goods,
            hs=(order.hs or goods.hs(START.year + self._years(order.day)))
            + dice.pick(("0000", "1000", "9000", "9009")),
            text=text.replace("{model}", dice.pick(models)).strip(),
            quantity=quantity,
            unit=goods.unit,
            net_kg=_round(declared),
            gross_kg=_round(declared * dice.uniform(1.03, 1.14)),
            value_usd=round(max(value, 1.0), 2),
            incoterm=dice.weighted(("FOB", "CIF", "EXW", "FCA", "DAP", "CPT"), (3, 3, 2, 3, 2, 1)),
        )

    def next_batch(self) -> int:
        """A number for a declaration of several lines."""
        self._batch += 1
        return self._batch

    def _pair_terms(self, shipper: Company, consignee: Company, goods: Product) -> tuple[float, float, list[str]]:
        key = (shipper.key, consignee.key, goods.name)
        if key not in self._pair:
            dice = self._dice
            typical = min(max(dice.lognormal(9000, 0.9) / goods.usd_per_kg**0.8, goods.piece_kg), 24000.0)
            self._pair[key] = (dice.lognormal(1.0, goods.sigma * 0.6), typical, [model_code(dice) for _ in range(4)])
        return self._pair[key]

    def _amounts(self, order: Order, typical_kg: float) -> tuple[float, float]:
        dice, goods = self._dice, order.goods
        if order.pieces is not None:
            return order.pieces * goods.piece_kg * dice.uniform(0.97, 1.03), float(order.pieces)
        net = order.net_kg if order.net_kg is not None else dice.lognormal(typical_kg, 0.5)
        if goods.unit == "KG":
            net = _round(max(net, 1.0))
            return net, net
        pieces = max(1, round(net / goods.piece_kg))
        if order.net_kg is not None:
            return net, float(pieces)
        return pieces * goods.piece_kg * dice.uniform(0.97, 1.03), float(pieces)

    def _route(self, order: Order, dispatch: str, destination: str) -> tuple[tuple[str, ...], str]:
        dice = self._dice
        lane = self._lanes.get((dispatch, destination))
        mode = order.mode
        if mode is None:
            mode = (
                dice.weighted([m for m, _ in lane.modes], [w for _, w in lane.modes])
                if lane
                else dice.pick(("sea", "sea", "air"))
            )
        transit = order.transit
        if transit is None:
            transit = lane.transit if lane and mode in ("road", "rail") else ()
        return transit, mode

    def _origin(self, goods: Product, dispatch: str) -> str:
        if dispatch in goods.origins or self._dice.chance(0.3):
            return dispatch
        return self._dice.pick([country for country in goods.origins if country not in self._closing] or [dispatch])

    def _origin_price(self, goods: Product, origin: str) -> float:
        kind = goods.name.split(":")[0]
        key = (kind, origin)
        if key not in self._price:
            self._price[key] = Dice(self._seed, f"price/{kind}/{origin}").lognormal(1.0, 0.3)
        return self._price[key]

    def _maker(self, goods: Product, origin: str) -> str:
        key = (goods.sector, origin)
        if key not in self._makers:
            dice = Dice(self._seed, f"maker/{goods.sector}/{origin}")
            self._makers[key] = [names.ascii_turkish(coin(countries()[origin].family, dice)[0]) for _ in range(5)]
        return self._dice.pick(self._makers[key])

    def _named(self, given: Company | None, probability: float) -> str:
        if given is not None:
            return names.english(given)
        return names.english(self._dice.pick(self._forwarders)) if self._dice.chance(probability) else ""

    def _direction(self, destination: str) -> str:
        return "IMPORT" if countries()[destination].reports == "import" else "EXPORT"

    def _language(self, record_country: str, consignee: Company) -> str:
        language = countries()[record_country].language
        if language == "zh" and consignee.habit < 0.6:
            return "en"
        return language if self._dice.chance(0.9) else "en"

    def _years(self, day: int) -> int:
        return (START + timedelta(days=day)).year - START.year


def model_code(dice: Dice) -> str:
    """A coined model number that resembles no known designator."""
    letters = "DFGHJLNPVXZ"
    return f"{dice.pick(letters)}{dice.pick(letters)}{dice.pick(letters)}-{dice.between(1000, 9899)}"


def _address(company: Company, record_country: str) -> str:
    if company.country == record_country and (company.country != "CN" or company.habit < 0.4):
        return f"{company.address[1]}, TEL {company.phone}"
    return f"{names.ascii_turkish(company.address[0])}, {countries()[company.country].name}, TEL {company.phone}"


def _round(kg: float) -> float:
    return round(max(kg, 0.001), 3 if kg < 10 else 1)


def goods(name: str) -> Product:
    """The product of that name."""
    return products()[name]
