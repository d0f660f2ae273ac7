import type { RiskBand, RiskFactor, RiskLevel } from "./risk-facts.ts"

/** How one question bears on the risk. */
export interface RiskWeight<F extends RiskFactor = RiskFactor> {
  /** Which of the two sides it counts towards; each side is 0 to 10, and they are multiplied. */
  readonly side: "access" | "autonomy"
  /** The question as a person asks it. */
  readonly asks: string
  /** Whether the worst answer counts alone, or each different answer by itself. */
  readonly counts: "worst" | "each"
  /** What each answer is worth, in quarters so that every sum is exact. */
  readonly points: Readonly<Record<RiskLevel<F>, number>>
  /** Each answer as a sentence about the agent. */
  readonly says: Readonly<Record<RiskLevel<F>, string>>
  /** Why it weighs what it weighs. */
  readonly because: string
  /** The one change that lowers it: to which answer, and how a person does it. Null where it is what the agent is for. */
  readonly remedy: { readonly to: RiskLevel<F>; readonly say: string } | null
}

/**
 * The whole formula: risk = access × autonomy. The worst answers of each side add up to 10.
 *
 * It is one table so that it can be published, argued with and changed in one place; docs/risk.md is made from it.
 */
export const RISK_FORMULA: { readonly [F in RiskFactor]: RiskWeight<F> } = {
  sensitivity: {
    side: "access",
    asks: "How sensitive is the most sensitive system that it reaches?",
    counts: "worst",
    points: { public: 0.5, workspace: 1.5, confidential: 2.5, critical: 3.5 },
    says: {
      public: "It reaches what is public, and what it is told.",
      workspace: "It reaches one person's working files.",
      confidential: "It reaches customers' or colleagues' data.",
      critical: "It reaches money, identities or infrastructure.",
    },
    because:
      "What is lost is lost at the most sensitive place. Money, identities and infrastructure stand above customers' and colleagues' data, and those above one person's working folder. Even an agent that reaches nothing else sees what it is told.",
    remedy: {
      to: "confidential",
      say: "Take away the servers of systems that hold money, identities or infrastructure.",
    },
  },
  effects: {
    side: "access",
    asks: "What can it do there?",
    counts: "each",
    points: {
      none: 0,
      read: 0.25,
      write: 0.5,
      delete: 0.25,
      execute: 1,
      financial: 0.75,
      infrastructure: 0.5,
      egress: 0.25,
    },
    says: {
      none: "It can do nothing.",
      read: "It can read.",
      write: "It can write.",
      delete: "It can delete.",
      execute: "It can run commands.",
      financial: "It can move money.",
      infrastructure: "It can change infrastructure.",
      egress: "It can send things out.",
    },
    because:
      "Each class is another way to do harm, so each counts. Running commands leads to all others; money does not come back; deleting and sending seldom come without writing.",
    remedy: { to: "none", say: "Take away the tools of one class of effect." },
  },
  breadth: {
    side: "access",
    asks: "How many servers does it use?",
    counts: "worst",
    points: { one: 0, few: 0.25, many: 0.5, sprawling: 1 },
    says: {
      one: "It uses one server at most.",
      few: "It uses two or three servers.",
      many: "It uses four to seven servers.",
      sprawling: "It uses eight servers or more.",
    },
    because: "What is read in one system can be carried to another; eight and more nobody keeps in mind.",
    remedy: { to: "one", say: "Leave it the one server that its purpose needs." },
  },
  proof: {
    side: "access",
    asks: "How does it prove itself, at its weakest?",
    counts: "worst",
    points: { none: 0, "bound-key": 0.25, keychain: 0.75, environment: 1, plaintext: 2 },
    says: {
      none: "It holds no key.",
      "bound-key": "It proves itself by a key of its own.",
      keychain: "Its weakest key lies in a keychain.",
      environment: "Its weakest key comes from the environment.",
      plaintext: "A key lies in plain text.",
    },
    because:
      "A key in a file works for whoever reads the file, for as long as it lives. A token bound to the agent's own key works for minutes, and for nobody else.",
    remedy: {
      to: "bound-key",
      say: "Put its servers behind the gateway and remove its keys: it then proves itself with a key of its own.",
    },
  },
  consent: {
    side: "autonomy",
    asks: "What does it do without asking?",
    counts: "worst",
    points: { none: 0, restricted: 1.25, partial: 2.5, broad: 4, unrestricted: 5 },
    says: {
      none: "It does nothing by itself.",
      restricted: "It asks before each act.",
      partial: "Some of its acts run unasked.",
      broad: "Most of its acts run unasked.",
      unrestricted: "Everything runs unasked.",
    },
    because:
      "Whether somebody sees an act before it happens matters more than all else on this side, so it is half of it.",
    remedy: { to: "restricted", say: "Have its client ask before it acts." },
  },
  presence: {
    side: "autonomy",
    asks: "Is somebody there while it runs?",
    counts: "worst",
    points: { person: 0, hosted: 0.5, alone: 1.25 },
    says: {
      person: "A person is there while it runs.",
      hosted: "It runs at a provider, beside a person's chat.",
      alone: "It runs with nobody there.",
    },
    because:
      "A person at the screen stops what goes wrong within minutes; a backend runs on through the night.",
    remedy: null,
  },
  accountability: {
    side: "autonomy",
    asks: "Who answers for it, within which bounds?",
    counts: "worst",
    points: { bounded: 0, owned: 0.5, nobody: 1.5 },
    says: {
      bounded: "An owner answers for it, within a manifest.",
      owned: "An owner answers for it, without a manifest.",
      nobody: "Nobody answers for it.",
    },
    because:
      "Nobody reviews, renews or stops what nobody answers for. An owner without a manifest answers for anything it may do.",
    remedy: { to: "bounded", say: "Adopt it and put a manifest in force that says what it is for." },
  },
  selfChange: {
    side: "autonomy",
    asks: "Can it change its own configuration?",
    counts: "worst",
    points: { cannot: 0, can: 0.75 },
    says: { cannot: "It cannot change its own configuration.", can: "It can change its own configuration." },
    because: "What an agent may change does not bind it: it can widen its own settings at the next start.",
    remedy: {
      to: "cannot",
      say: "Keep its configuration where it cannot write, by the client's managed settings or another user.",
    },
  },
  strangers: {
    side: "autonomy",
    asks: "Does it read what strangers write?",
    counts: "worst",
    points: { none: 0, reads: 1 },
    says: { none: "It reads nothing that strangers write.", reads: "It reads what strangers write." },
    because: "Text from outside can carry instructions; then somebody else decides what it does next.",
    remedy: { to: "none", say: "Take away the servers that bring in what strangers write." },
  },
  supply: {
    side: "autonomy",
    asks: "Can others change the programs that it starts?",
    counts: "worst",
    points: { fixed: 0, loose: 0.5 },
    says: {
      fixed: "Nobody else can change the programs that it starts.",
      loose: "Others can change the programs that it starts.",
    },
    because:
      "A server without an exact version, or over an open line, is whatever its publisher or the network makes of it.",
    remedy: { to: "fixed", say: "Give each server an exact version, and reach it over https." },
  },
}

/** Where each band begins, on the product of 0 to 100. */
export const RISK_BAND_STARTS: Readonly<Record<RiskBand, number>> = {
  low: 0,
  medium: 20,
  high: 45,
  critical: 70,
}
