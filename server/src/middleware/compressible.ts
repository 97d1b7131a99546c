import Negotiator from "negotiator";
import { essence, matchesType } from "../request/media-type.ts";
import type { Coding } from "./coders.ts";

/** Chooses by `Accept-Encoding`. Browsers send a few different ones: each is read once. */
export function chooser(available: readonly Coding[]): (accepted: string) => Coding | undefined {
  const known = new Map<string, Coding | undefined>();
  const preferred = [...available];
  return (accepted) => {
    if (known.has(accepted)) {
      return known.get(accepted);
    }
    const negotiator = new Negotiator({ headers: { "accept-encoding": accepted } }) as unknown as {
      encodings(available: string[], options: { preferred: string[] }): string[];
    };
    const [first] = negotiator.encodings([...available, "identity"], { preferred });
    const chosen = first === "identity" ? undefined : (first as Coding | undefined);
    if (known.size < 100) {
      known.set(accepted, chosen);
    }
    return chosen;
  };
}

const COMPRESSED =
  /^(?:text\/event-stream|image\/(?!svg\+xml|bmp)|audio\/|video\/|font\/(?!ttf|otf)|application\/(?:zip|gzip|x-gzip|zstd|x-7z-compressed|vnd\.rar|x-rar-compressed|x-bzip2?|x-xz|x-compress|java-archive|epub\+zip|vnd\.openxmlformats-|vnd\.oasis\.opendocument))/;

/** Tells which media types are worth compressing, each decided once. */
export function compressibleTypes(exclude: readonly string[]): (contentType: string | undefined) => boolean {
  const known = new Map<string, boolean>();
  return (contentType) => {
    if (contentType === undefined) {
      return false;
    }
    let answer = known.get(contentType);
    if (answer === undefined) {
      const type = essence(contentType);
      answer = !COMPRESSED.test(type) && !matchesType(type, exclude);
      if (known.size < 100) {
        known.set(contentType, answer);
      }
    }
    return answer;
  };
}
