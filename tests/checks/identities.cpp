// Which test holds which identity.

#include "tests/checks/remarks.hpp"

namespace chasm::checks {

std::string identities() {
  return R"(| id | what must be so | tests |
| --- | --- | --- |
| C1 | every week: bars sum to the believed potential, and the last one is the value by users within a cent a factor | `Books.BalanceEveryWeek`, `Books.APlantedCentIsFound`, `Books.AFactorAboveOneIsFound`, `Flow.FactorsInTheirOrder` |
| C2 | opening + inflow - spending = balance, which is never below zero | `Books.BalanceEveryWeek`, `Books.APlantedPaymentIsFound`, `Books.AnOverdraftIsFound`, `Books.BillsArePaidAsFarAsTheBalanceGoes` |
| C3 | staff: posts are filled or vacant, hours are worked or not | `Staff.FilledAndVacantAreAllPosts`, `Staff.TeamsDoNotWorkMoreThanTheyAre` |
| C4, C5 | users and initiatives are conserved | `Books.BalanceEveryWeek` |
| C6 | levers at 0, or from the horizon on, are the baseline bit for bit | `EnterpriseLevers.AtZeroOrAfterTheHorizonAreTheBaseline`; A6b below |
| C7 | where an initiative is kept does not matter | `EnterprisePlaces.DoNotMatter` |
| C8 | every width and processor: the same bits | `EnterpriseLanes.EveryProgramGivesTheSameBits`, `EnterpriseLanes.NeighboursDoNotMatter` |
| C9, A3 | a perfect enterprise realises its true potential but for nominal lead time | `PerfectEnterprise.RealisesEverythingButItsLeadTime`, `PerfectEnterprise.AnyMechanismSwitchedOnTakesSomething` |
| C10 | without a budget nothing happens | `EnterpriseLimits.WithoutABudgetNothingHappens` |
| C11 | infinitely strict gates let nothing through | `EnterpriseLimits.InfinitelyStrictGates` |
| C12 | without translators and contact fidelity falls to the handoff floor | `Fidelity.FallsToTheHandoffFloorWithoutContact` |
| C13 | with one reality, incentives do not matter to beliefs | `EnterpriseLimits.WithOneRealityIncentivesDoNotMatterToBeliefs` |
| C14 | adoption that nobody starts never starts | `EnterpriseLimits.WithoutInnovatorsNothingIsRealised` |
| C15 | gradual drift alone: flow x (1 - rate)^t | `Drift.DecaysTheFlow` |
| C16 | March, Bass, Holmstrom and Milgrom, the garbage can at their parameters | `EnterpriseAsMarch1991.*`, `EnterpriseAsBass1969.*`, `EnterpriseAsHolmstromMilgrom1991.*`, `Attention.*` |
| C40 | a lever that costs and does nothing changes value by the budget alone | `EnterpriseLevers.APlaceboActsThroughTheBudgetAlone` |
| A1 | with states recorded, switching any lever changes no value | `Levers.HaveNoTermInAnyValue` |
| A2 | with a lever's mechanisms at their ideal, the lever changes nothing | `EnterpriseLevers.ActThroughTheirMechanismsAlone` |
| A7 | readers re-add bars and realised value exactly | `tests/app/enterprise_test.py` |
)";
}

}  // namespace chasm::checks
