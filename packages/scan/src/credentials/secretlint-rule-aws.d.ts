/** The preset's types name those of a package that it carries inside itself and does not bring. */
declare module "@secretlint/secretlint-rule-aws" {
  export type Options = object
}
