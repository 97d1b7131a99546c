import type { Readable } from "node:stream";
import { Busboy } from "@fastify/busboy";
import { ApiError } from "@tenon/core";
import { isJson } from "../request/media-type.ts";
import { tooLarge } from "../request/read-json.ts";
import type { RequestContext } from "../request/request-context.ts";
import { type FormRules, HEADER_BYTES, type PartRule } from "./form-limits.ts";
import { type FormParts, PartList, type PartValue } from "./form-parts.ts";
import { receiveFile } from "./receive-file.ts";
import { brokenOff, refuse } from "./refuse.ts";
import type { Storage } from "./storage.ts";
import { ArrivingFile } from "./streamed-file.ts";

/**
 * Reads a multipart body (RFC 7578) through a streaming parser; every limit is enforced while it arrives. Resolves with
 * the parts when all are there, or when the file that the handler reads itself begins. Rejects with 400, 413 or 415.
 */
export function readMultipart(
  context: RequestContext,
  contentType: string,
  rules: FormRules,
  storage: Storage,
): Promise<FormParts> {
  return new Reception(context, contentType, rules, storage).parts;
}

type Parser = InstanceType<typeof Busboy>;

/** One body on its way: what was received, what is being received, and how it ends. */
class Reception {
  readonly parts: Promise<FormParts>;
  readonly #context: RequestContext;
  readonly #rules: FormRules;
  readonly #storage: Storage;
  readonly #parser: Parser;
  readonly #list = new PartList();
  readonly #open = new Set<Readable>();
  readonly #receiving: Promise<void>[] = [];
  #failure: unknown;
  #isOver = false;
  /** The file that the handler reads has begun. */
  #isStreaming = false;
  #proceed: () => void = () => {};
  #begin: (parts: FormParts) => void = () => {};
  readonly #ended: Promise<void>;
  #end: () => void = () => {};
  #break: (failure: unknown) => void = () => {};

  constructor(context: RequestContext, contentType: string, rules: FormRules, storage: Storage) {
    this.#context = context;
    this.#rules = rules;
    this.#storage = storage;
    this.#parser = this.#openParser(contentType);
    this.#ended = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#break = reject;
    });
    const begun = new Promise<FormParts>((resolve) => {
      this.#begin = resolve;
    });
    this.parts = Promise.race([begun, this.#ended.then(() => this.#list.parts())]);
    // A failure that nobody waits for any more has been told, or is nobody's business.
    this.#ended.catch(() => {});
    void this.#pump();
  }

  #openParser(contentType: string): Parser {
    const { parts } = this.#rules.limits;
    let parser: Parser;
    try {
      parser = new Busboy({
        headers: { "content-type": contentType },
        limits: { parts, headerPairs: 100, headerSize: HEADER_BYTES },
        // Whether a part is a text is for its rule to say, and its size is counted here as it arrives.
        isPartAFile: () => true,
      });
    } catch {
      throw refuse("MALFORMED_BODY", "the media type names no boundary");
    }
    parser.on("file", (name: string | undefined, stream, filename: string | undefined, _encoding, type) =>
      this.#receive(name ?? "", stream, filename, type),
    );
    parser.on("partsLimit", () => this.#fail(refuse("TOO_LARGE", `the body holds more than ${parts} parts`)));
    parser.on("error", () =>
      this.#fail(refuse("MALFORMED_BODY", "the body is no valid multipart/form-data")),
    );
    parser.on("finish", () => {
      Promise.all(this.#receiving).then(
        () => this.#complete(),
        (error) => this.#fail(error),
      );
    });
    return parser;
  }

  /** Hands the body to the parser at the pace of whoever takes its parts. */
  async #pump(): Promise<void> {
    const { total } = this.#rules.limits;
    let size = 0;
    try {
      for await (const chunk of this.#context.exchange.pull()) {
        size += chunk.byteLength;
        if (size > total) {
          throw tooLarge(total);
        }
        // The parser looks through a whole chunk before anybody can stop it, and some run times give the body as one.
        for (let at = 0; at < chunk.byteLength; at += PIECE) {
          await this.#write(chunk.subarray(at, at + PIECE));
          if (this.#isOver) {
            return;
          }
        }
      }
      if (size === 0) {
        // No body at all, which not every run time tells from an empty one.
        this.#complete();
        return;
      }
      this.#parser.end();
    } catch (error) {
      this.#fail(error instanceof ApiError ? error : brokenOff());
    }
  }

  #write(chunk: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#proceed = resolve;
      this.#parser.write(chunk, () => resolve());
    });
  }

  #receive(name: string, stream: Readable, filename: string | undefined, type: string): void {
    this.#open.add(stream);
    stream.on("error", (error) => this.#fail(error instanceof ApiError ? error : brokenOff()));
    stream.on("close", () => this.#open.delete(stream));
    const rule = this.#rules.ruleOf(name);
    if (this.#isStreaming) {
      this.#fail(refuse("MALFORMED_BODY", "a part follows the file that has to be the last"));
    } else if (rule?.kind === "file-stream" && isFile(filename, type)) {
      this.#hand(name, stream, filename ?? "", type, rule);
    } else {
      const receiving = this.#take(name, stream, filename, type, rule);
      this.#receiving.push(receiving);
      // Its failure ends the whole body at once, not only when all other parts are there.
      receiving.catch((error) => this.#fail(error));
    }
  }

  /** Receives one part as a whole. */
  async #take(
    name: string,
    stream: Readable,
    filename: string | undefined,
    type: string,
    rule: PartRule | undefined,
  ): Promise<void> {
    if (rule === undefined && (!this.#rules.isStrict || name === "")) {
      stream.resume();
      return;
    }
    const fill = this.#list.take(name);
    const value = rule === undefined ? undefined : await this.#value(name, stream, filename, type, rule);
    if (value === undefined && rule !== undefined) {
      return;
    }
    stream.resume();
    fill(value ?? "");
  }

  /** The content of a part; `""` where it is of another kind than its field; undefined for a file that was not chosen. */
  async #value(
    name: string,
    stream: Readable,
    filename: string | undefined,
    type: string,
    rule: PartRule,
  ): Promise<PartValue | undefined> {
    switch (rule.kind) {
      case "text":
        return filename === undefined ? this.#text(name, stream) : MISPLACED_FILE;
      case "json":
        // Forms of browsers say no type for a text.
        if (type !== "text/plain" && !isJson(type)) {
          throw refuse("UNSUPPORTED_MEDIA_TYPE", `the part '${name}' must be application/json`);
        }
        return this.#text(name, stream);
      case "file":
      case "file-stream": {
        if (!isFile(filename, type)) {
          return "";
        }
        // A file that was not chosen is sent without name and content, and its type means nothing.
        const mayBeAbsent = filename === "";
        if (!mayBeAbsent) {
          checkType(name, type, rule);
        }
        const head = { field: name, name: filename ?? "", type, maxBytes: rule.maxBytes };
        const file = await receiveFile(stream as AsyncIterable<Uint8Array>, head, this.#storage);
        if (mayBeAbsent && file.size > 0) {
          checkType(name, type, rule);
        }
        return mayBeAbsent && file.size === 0 ? undefined : file;
      }
    }
  }

  async #text(name: string, stream: Readable): Promise<string> {
    const { text } = this.#rules.limits;
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > text) {
        throw refuse("TOO_LARGE", `the part '${name}' is larger than ${text} bytes`);
      }
      chunks.push(chunk);
    }
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
    } catch {
      throw refuse("MALFORMED_BODY", `the part '${name}' is not valid UTF-8`);
    }
  }

  /** Gives the last file to the handler as it arrives. Until it has been read, the connection is of no further use. */
  #hand(name: string, stream: Readable, filename: string, type: string, rule: PartRule): void {
    try {
      checkType(name, type, rule);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#isStreaming = true;
    const context = this.#context;
    const cancel = (): void => this.#fail(brokenOff());
    const source = { bytes: stream as AsyncIterable<Uint8Array>, ended: this.#ended, cancel };
    const head = { field: name, name: filename, type, maxBytes: rule.maxBytes };
    const fill = this.#list.take(name);
    context.response.headers.set("connection", "close");
    context.addExit("request", { close: cancel, fail: cancel });
    // Parts before it came in the same chunk may still be on their way to the disk.
    Promise.all(this.#receiving).then(
      () => {
        fill(new ArrivingFile(head, source, context));
        this.#begin(this.#list.parts());
      },
      () => {},
    );
  }

  #complete(): void {
    if (!this.#isOver) {
      this.#isOver = true;
      if (this.#isStreaming) {
        this.#context.response.headers.delete("connection");
      }
      this.#end();
    }
  }

  /** The first failure counts: nothing more is read, and who waits for a part is told. */
  #fail(failure: unknown): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.#failure = failure;
    for (const stream of this.#open) {
      stream.destroy(this.#failure as Error);
    }
    this.#proceed();
    this.#parser.destroy();
    // Whatever is being written has ended before anyone hears of it.
    void Promise.allSettled(this.#receiving).then(() => this.#break(failure));
  }
}

/** Bytes that the parser is given at once. */
const PIECE = 64 * 1024;

/** A file where a text belongs, without its content: no schema of a text takes it. */
const MISPLACED_FILE: File = new File([], "");

/** A part without a file name is a text, unless its type says that it cannot be one (RFC 7578, 4.2 and 4.4). */
function isFile(filename: string | undefined, type: string): boolean {
  return filename !== undefined || type !== "text/plain";
}

function checkType(field: string, type: string, { types }: PartRule): void {
  const isTaken = types.some(
    (taken) => taken === type || (taken.endsWith("/*") && type.startsWith(taken.slice(0, -1))),
  );
  if (types.length > 0 && !isTaken) {
    throw refuse("UNSUPPORTED_MEDIA_TYPE", `the file '${field}' must be ${types.join(" or ")}`);
  }
}
