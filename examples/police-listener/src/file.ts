// The book on disk. It is replaced as a whole: what is read after a crash is the old book or the new one, place and list
// together, and never a part.

import { open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { emptyBook, type Book } from "./book.js";
import { NeedsSomebody } from "./faults.js";

export class BookFile {
  private saving: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    readonly book: Book,
  ) {}

  static async at(path: string): Promise<BookFile> {
    let text: string;
    try {
      text = await readFile(path, "utf8");
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== "ENOENT") throw fault;
      return new BookFile(path, emptyBook());
    }
    const book = JSON.parse(text) as Book;
    if (book.format !== 1) throw new Error(`${path} is not a list of departures of this program`);
    return new BookFile(path, book);
  }

  /** Returns once the book, as it is now, is on disk. One is written at a time; after one that failed there is no other. */
  save(): Promise<void> {
    this.saving = this.saving.then(() =>
      this.write(JSON.stringify(this.book, null, 1)).catch((fault: unknown) => {
        throw new NeedsSomebody(`${this.path} cannot be written: ${String(fault)}`);
      }),
    );
    return this.saving;
  }

  /** Returns once everything is on disk that was to be saved until now. */
  saved(): Promise<void> {
    return this.saving;
  }

  private async write(text: string): Promise<void> {
    const fresh = `${this.path}.new`;
    // There are persons in it: for its owner alone.
    const file = await open(fresh, "w", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, this.path);
    const directory = await open(dirname(this.path), "r");
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }
}
