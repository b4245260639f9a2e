/** What an option adds to a record where it is on. */
export type When<Flag extends boolean, Added> = Flag extends true ? Added : unknown;
