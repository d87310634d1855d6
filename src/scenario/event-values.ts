/** What a number, a choice or a switch of an event can be: plain data, from which it is drawn and checked. */
export type ValueRange =
  | {
      readonly type: "integer";
      readonly min: number;
      readonly max: number;
      /** What it counts, for whoever reads the data of a report: `basis points`. */
      readonly unit?: string;
    }
  | { readonly type: "choice"; readonly of: readonly [string, ...string[]] }
  | { readonly type: "flag" };

/** The values of an event, by name. */
export type EventValues = Readonly<Record<string, number | string | boolean>>;

/** The ranges of an event's values, by name. */
export type ValueRanges = Readonly<Record<string, ValueRange>>;

/** The values that are within ranges. */
export type ValuesOf<Ranges extends ValueRanges> = {
  readonly [Name in keyof Ranges]: Ranges[Name] extends { readonly type: "integer" }
    ? number
    : Ranges[Name] extends { readonly type: "choice"; readonly of: readonly (infer Choice)[] }
      ? Choice
      : boolean;
};

/** Names of the values that are numbers. */
export type NumbersOf<Ranges extends ValueRanges> = {
  [Name in keyof Ranges]: Ranges[Name] extends { readonly type: "integer" } ? Name : never;
}[keyof Ranges] &
  string;
