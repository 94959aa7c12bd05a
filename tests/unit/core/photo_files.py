"""Photos for the tests, made on the spot: honest ones, and those of people who mean harm."""

import io
import struct
import zlib

from PIL import Image, ImageCms, PngImagePlugin

from app.core.photos import PHOTO_BYTES

CANARY = b"CANARY"
WHERE = "CANARY 29.7145N 120.2423E"
HTML = b"<!doctype html><script>alert('CANARY')</script>"
PHP = b"<?php system('CANARY'); ?>"


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def plain(form: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB") -> bytes:
    return encoded(Image.effect_noise(size, 80).convert(mode), form)


def colours(data: bytes) -> Image.Image:
    """Return a JPEG as pixels."""
    return Image.open(io.BytesIO(data), formats=["JPEG"]).convert("RGB")


def markers(jpeg: bytes) -> list[int]:
    """Return the markers of a JPEG up to its pixels, and whether it ends there."""
    assert jpeg.startswith(b"\xff\xd8")
    assert jpeg.endswith(b"\xff\xd9")
    found, place = [], 2
    while True:
        _ff, marker, length = struct.unpack_from(">BBH", jpeg, place)
        found.append(marker)
        if marker == 0xDA:
            return found
        place += 2 + length


def exif(orientation: int = 1) -> bytes:
    """Return EXIF with place, device, time, words and an embedded picture, all marked."""
    notes = Image.Exif()
    notes[0x0112] = orientation
    notes[0x010E] = notes[0x010F] = notes[0x0110] = notes[0x0132] = notes[0x013B] = WHERE
    notes.get_ifd(0x8769)[0x9003] = WHERE
    notes.get_ifd(0x8769)[0x927C] = CANARY * 20
    notes.get_ifd(0x8825).update({1: "N", 2: (29.0, 42.0, 52.0), 3: "E", 4: (120.0, 14.0, 32.0), 27: CANARY})
    return notes.tobytes() + encoded(Image.new("RGB", (160, 120), "red"), "JPEG", comment=CANARY)


def xmp() -> bytes:
    return b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><CANARY exif:GPSLatitude='29,42.9N'/></x:xmpmeta>"


def profile() -> bytes:
    """Return a colour profile that says red where it means blue, with a name nobody should read."""
    bytes_ = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for tag in range(struct.unpack_from(">I", bytes_, 128)[0]):
        place = 132 + 12 * tag
        name = bytes(bytes_[place : place + 4])
        bytes_[place : place + 4] = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ"}.get(name, name)
    return bytes(bytes_).replace("sRGB built-in".encode("utf-16-be"), "CANARY CANARY".encode("utf-16-be"))


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg_with_words() -> bytes:
    """A JPEG with everything that tells where it was taken, by whom and with what."""
    data = encoded(
        Image.new("RGB", (40, 20), "red"),
        "JPEG",
        exif=exif(),
        xmp=xmp(),
        icc_profile=profile(),
        comment=CANARY,
    )
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0b\x1c\x02\x50\x00\x06CANARY"
    return data[:2] + segment(0xED, iptc) + segment(0xE9, CANARY) + data[2:] + CANARY


def jpeg_with_words_and_no_profile() -> bytes:
    image = Image.new("RGB", (40, 20), "blue")
    return encoded(image, "JPEG", exif=exif(), xmp=xmp(), comment=CANARY)


def png_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", WHERE)
    words.add_text("Author", WHERE, zip=True)
    words.add_itxt("XML:com.adobe.xmp", xmp().decode())
    image = Image.new("RGB", (40, 20), "red")
    return encoded(image, "PNG", pnginfo=words, exif=exif(), icc_profile=profile()) + CANARY


def webp_with_words() -> bytes:
    image = Image.new("RGB", (40, 20), "red")
    return encoded(image, "WEBP", exif=exif(), xmp=xmp(), icc_profile=profile(), quality=95) + CANARY


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is large."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))]
    chunks += [(b"IDAT", zlib.compress(bytes(100_000), 9)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg_that_claims(width: int, height: int) -> bytes:
    data = plain()
    place = data.index(b"\xff\xc0")
    return data[: place + 5] + struct.pack(">HH", height, width) + data[place + 9 :]


def webp_that_claims(width: int, height: int) -> bytes:
    data = bytearray(encoded(Image.new("RGBA", (8, 8), (1, 2, 3, 4)), "WEBP", exif=exif()))
    place = data.index(b"VP8X") + 12
    data[place : place + 6] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(data)


def many_frames(form: str, frames: int = 300) -> bytes:
    """An animation: the first frame is red, all others are blue and differ."""
    rest = [Image.new("RGB", (40, 20), (0, 0, 155 + number % 100)) for number in range(frames)]
    return encoded(Image.new("RGB", (40, 20), "red"), form, save_all=True, append_images=rest, duration=10)


def many_scans(times: int) -> bytes:
    """A small progressive JPEG of forty million pixels whose last refinement is repeated."""
    data = encoded(Image.new("L", (8000, 5000), 90), "JPEG", progressive=True)
    start = data.rindex(b"\xff\xda")
    scan = data[data.rindex(b"\xff\xc4", 0, start) : -2]
    return data[:-2] + scan * times + b"\xff\xd9"


def heif(brand: bytes) -> bytes:
    """The beginning of a file of the HEIF family."""
    return struct.pack(">I", 24) + b"ftyp" + brand + bytes(4) + b"mif1heic" + bytes(2000)


def _refused() -> dict[str, tuple[bytes, str]]:
    others = ("GIF", "TIFF", "EPS", "BMP", "ICO", "PPM", "JPEG2000", "AVIF")
    script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    virus = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    return {
        "nothing": (b"", "empty"),
        "a letter": (b"x", "not-a-photo"),
        "svg": (script, "not-a-photo"),
        "html": (HTML, "not-a-photo"),
        "php": (PHP, "not-a-photo"),
        "eicar": (virus, "not-a-photo"),
        "gif and png": (b"GIF89a" + plain("PNG"), "not-a-photo"),
        "late start": (b"\n" + plain("PNG"), "not-a-photo"),
        "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not-a-photo"),
        "fits": (b"SIMPLE  =                    T" + bytes(3000), "not-a-photo"),
        "pdf": (b"%PDF-1.4\n%%EOF", "not-a-photo"),
        "zip": (b"PK\x03\x04" + bytes(99), "not-a-photo"),
        **{form: (plain(form), "not-a-photo") for form in others},
        "heic": (heif(b"heic"), "heic"),
        "heif": (heif(b"mif1"), "heic"),
        "half a jpeg": (plain("JPEG", (600, 400))[:9000], "damaged"),
        "half a png": (plain("PNG", (600, 400))[:9000], "damaged"),
        "half a webp": (plain("WEBP", (600, 400))[:9000], "damaged"),
        "head of a jpeg": (plain("JPEG")[:30], "damaged"),
        "jpeg's signature": (b"\xff\xd8\xff\xe0", "damaged"),
        "png's signature": (b"\x89PNG\r\n\x1a\n", "damaged"),
        "png without pixels": (plain("PNG").replace(b"IDAT", b"IDAX"), "damaged"),
        "png of fewer pixels": (png_that_claims(300, 300), "damaged"),
        "png bomb": (png_that_claims(50_000, 50_000), "too-many-pixels"),
        "just too large": (png_that_claims(8001, 5000), "too-many-pixels"),
        "jpeg bomb": (jpeg_that_claims(65_000, 65_000), "too-many-pixels"),
        "webp bomb": (webp_that_claims(16_000, 16_000), "too-many-pixels"),
        "too many bytes": (bytes(PHOTO_BYTES + 1), "too-large"),
    }


REFUSED = _refused()
"""Files that are refused as photos, by what they are, with the code of the refusal."""
