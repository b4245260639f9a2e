import type {Claim} from "./verdict.ts";

/** A claim without what its paper and page say of it; `section` is the anchor of its evidence on the paper's page. */
export type SectionClaim = Omit<Claim, "paper" | "href"> & {readonly section: string};

/** Completes the claims of one paper, whose page has the paper's name: ids begin with it, links lead to its page. */
export const claimsOf =
  (paper: string) =>
  ({id, section, ...rest}: SectionClaim): Claim => ({...rest, id: `${paper}.${id}`, paper, href: `${paper}#${section}`});
