/** What a built site must not have; each is said with the file in which it stands and what stands there. */
export type SiteProblem = {
  readonly kind: "bare specifier" | "missing target" | "outside address" | "broken anchor" | "broken module";
  readonly file: string;
  readonly detail: string;
};

/** A reference that one file of the site makes, before it is known whether it leads anywhere. */
export type Reference = {
  readonly file: string;
  readonly address: string;
  /** `link` is followed by a reader, `resource` is loaded by the page, `module` is imported by a script. */
  readonly use: "link" | "resource" | "module";
};
