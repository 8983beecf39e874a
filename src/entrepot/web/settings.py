"""How the workbench is served: where it listens, who may read, what a request may take."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, field

from entrepot.errors import UsageError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Addresses that only programs of this machine reach."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server may do.

    Attributes:
        host, port: the address.
        read_only: judgements, notes, marks and pins are refused.
        token: without it nothing is shown; None where only this machine can connect.
        secret: signs the tokens of forms; fresh in every process.
        body_bytes: longest body of a request. yente's clients send batches of names of some kilobytes.
        query_seconds: a query that runs longer is stopped. The slowest page is meant to take 0.3 seconds.
        memory: what DuckDB may take for all pages together.
        hosts: names under which the server answers, against DNS rebinding; empty where a token is required.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    read_only: bool = False
    token: str | None = None
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    body_bytes: int = 1_000_000
    query_seconds: float = 10.0
    memory: str = "1GiB"
    hosts: tuple[str, ...] = LOOPBACK

    @classmethod
    def of(cls, host: str, port: int, *, read_only: bool = False) -> Settings:
        """Settings of an address: any but this machine's own gets a token.

        Raises:
            UsageError: the host is no address, or the port no port.
        """
        if not 0 <= port <= 65_535:
            raise UsageError("not a port", column="--port", value=port, remedy="a number from 0 to 65535")
        if host in LOOPBACK:
            return cls(host, port, read_only)
        try:
            ipaddress.ip_address(host)
        except ValueError as error:
            raise UsageError(
                "not an address",
                column="--host",
                value=host,
                remedy="an IP address of this machine, such as 192.168.1.5",
            ) from error
        return cls(host, port, read_only, secrets.token_urlsafe(24), hosts=())
