"""Decodes one photo, in a process of its own that may die: run as a script, never imported for its work.

A photo comes on standard input; an answer leaves on standard output: one line of JSON, then the bytes of two
JPEGs. The line is `{"width", "height", "sizes": [photo, thumbnail]}` in pixels and bytes, or `{"code"}` when
the photo is refused. Before the first byte is read the process gives up the right to more memory, time, files
and children, for good. Pixels are all that passes from the photo to the answer: its comments, places, times,
embedded pictures, profiles and later frames do not. Nothing is written to disk or to standard error.
"""

import io
import json
import os
import resource
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from PIL import Image

PIXELS: Final = 40_000_000
"""More pixels than this are refused before any is decoded."""
LONG_SIDE: Final = 2000
"""Pixels of the longer side of what is kept for showing."""
THUMBNAIL: Final = 320
"""Pixels of the longer side of the small picture."""
QUALITY: Final = 82
"""JPEG quality of both."""
MEMORY: Final = 832 * 1024 * 1024
"""Bytes of address space; 40 million pixels of the hungriest format (WebP) need about 750 million."""
SECONDS: Final = 6
"""Seconds of processor time; a photo of a telephone needs half of one."""
ANSWER: Final = 8 * 1024 * 1024
"""Bytes the answer may have; two JPEGs of these sizes need a quarter."""

_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_WHITE: Final = (255, 255, 255)


def confine() -> None:
    """Give up what decoding does not need: memory, time, large answers, other processes, core dumps.

    When memory is short the kernel ends this process before any other, and pages go before photos.
    """
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    os.nice(5)
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, ANSWER),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))


def answer(data: bytes) -> bytes:
    """Return the answer to a photo: pictures, or the code of a refusal. Never raises."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - after `confine`, and never in a web worker

    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = PIXELS // 2  # Pillow refuses twice this number, before it makes room for any
    try:
        photo, small = pictures(data)
    except (Image.DecompressionBombError, MemoryError):
        return _refusal("too-many-pixels")
    except UnidentifiedImageError:
        return _refusal("damaged" if _begins_well(data) else "not-a-photo")
    except Exception:  # noqa: BLE001 - decoders of hostile bytes raise anything; all of it means the same
        return _refusal("damaged")
    jpegs = [_jpeg(photo), _jpeg(small)]
    head = {"width": photo.width, "height": photo.height, "sizes": [len(jpeg) for jpeg in jpegs]}
    return b"".join([json.dumps(head).encode("ascii"), b"\n", *jpegs])


def pictures(data: bytes) -> tuple["Image.Image", "Image.Image"]:
    """Return the first frame upright, in sRGB, on white, without metadata: to be shown, and small.

    Raises whatever Pillow raises.
    """
    # Formats are known by being imported; one that is missing would make Pillow import all it has.
    from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401, PLC0415

    image: Image.Image = Image.open(io.BytesIO(data), formats=_FORMATS)
    profile = image.info.get("icc_profile")
    less = LONG_SIDE / max(image.size)
    image.draft(None, (round(image.width * less), round(image.height * less)))  # JPEG: a fraction is decoded
    image.load()
    if image.format == "PNG":
        image = _plain(image)
    image.thumbnail((LONG_SIDE, LONG_SIDE))
    image = _srgb(_on_white(_upright(image)), profile)
    photo = Image.new("RGB", image.size)
    photo.paste(image)
    small = photo.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    return photo, small


def _upright(image: "Image.Image") -> "Image.Image":
    """Return the picture turned as its camera was held; a note of that which cannot be read is ignored."""
    from PIL import ImageOps  # noqa: PLC0415

    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - the pixels are good, whatever is wrong with the words beside them
        return image


def _plain(image: "Image.Image") -> "Image.Image":
    """Return modes that cannot be made smaller faithfully (palettes, 16 bit, one bit) as ones that can."""
    if image.mode.startswith(("I", "F")):
        return image.point(lambda value: value / 256).convert("L")  # 16 bits to 8
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"L", "RGB"} else image.convert("RGB")


def _on_white(image: "Image.Image") -> "Image.Image":
    from PIL import Image  # noqa: PLC0415

    if not image.has_transparency_data:
        return image
    image = image.convert("RGBA")
    page = Image.new("RGBA", image.size, _WHITE)
    return Image.alpha_composite(page, image).convert("RGB")


def _srgb(image: "Image.Image", profile: Any) -> "Image.Image":
    """Return the colours as sRGB; a profile that cannot be used is as good as none."""
    from PIL import ImageCms  # noqa: PLC0415

    if isinstance(profile, bytes) and profile:
        try:
            return (
                ImageCms.profileToProfile(
                    image,
                    ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                    ImageCms.createProfile("sRGB"),
                    outputMode="RGB",
                )
                or image
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert("RGB")


def _jpeg(image: "Image.Image") -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _begins_well(data: bytes) -> bool:
    """Tell whether the first bytes are those of a format that is taken."""
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or data[:4] + data[8:12] == b"RIFFWEBP"


def _refusal(code: str) -> bytes:
    return json.dumps({"code": code}).encode("ascii") + b"\n"


if __name__ == "__main__":
    confine()
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
