"""Google's errors, in Google's shape: an HTTP status, a google.rpc.Code and a sentence."""

from http import HTTPStatus

from simulator.records import Json

_CODES = {
    HTTPStatus.BAD_REQUEST: "INVALID_ARGUMENT",
    HTTPStatus.UNAUTHORIZED: "UNAUTHENTICATED",
    HTTPStatus.FORBIDDEN: "PERMISSION_DENIED",
    HTTPStatus.NOT_FOUND: "NOT_FOUND",
    HTTPStatus.CONFLICT: "ALREADY_EXISTS",
    HTTPStatus.TOO_MANY_REQUESTS: "RESOURCE_EXHAUSTED",
    HTTPStatus.INTERNAL_SERVER_ERROR: "INTERNAL",
    HTTPStatus.NOT_IMPLEMENTED: "UNIMPLEMENTED",
}


class ApiError(Exception):
    """The Chat API says no."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message

    @property
    def body(self) -> Json:
        """The JSON that goes with it."""
        return {"error": {"code": int(self.status), "message": self.message, "status": _CODES[self.status]}}


def invalid(message: str) -> ApiError:
    """400 INVALID_ARGUMENT."""
    return ApiError(HTTPStatus.BAD_REQUEST, message)


def forbidden(message: str) -> ApiError:
    """403 PERMISSION_DENIED."""
    return ApiError(HTTPStatus.FORBIDDEN, message)


def not_found(what: str) -> ApiError:
    """404 NOT_FOUND."""
    return ApiError(HTTPStatus.NOT_FOUND, f"{what} not found.")
