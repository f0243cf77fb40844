/** What k6 has and its types leave out. */
declare const console: { warn(text: string): void }
