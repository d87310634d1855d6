/** The range of an event's value: an integer, a choice or a flag. Plain data, from which values are drawn and checked. */
export type ValueRange =
  | {
      readonly type: "integer";
      readonly min: number;
      readonly max: number;
      /** Its unit, for the data of reports: `basis points`. */
      readonly unit?: string;
    }
  | { readonly type: "choice"; readonly of: readonly [string, ...string[]] }
  | { readonly type: "flag" };

/** The values of an event, by name. */
export type EventValues = Readonly<Record<string, number | string | boolean>>;

/** The ranges of an event's values, by name. */
export type ValueRanges = Readonly<Record<string, ValueRange>>;

/** The types of values within these ranges. */
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
