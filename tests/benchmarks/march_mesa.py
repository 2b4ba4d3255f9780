"""March (1991) in Mesa, agent by agent as its tutorials write models: a peer for the benchmark table."""

import sys
import time

import mesa
import numpy as np


class Individual(mesa.Agent):
    """A member of the organization; beliefs are -1, 0 or +1, one a dimension."""

    def __init__(self, model):
        super().__init__(model)
        self.beliefs = model.luck.integers(-1, 2, model.dimensions)

    def act(self):
        self.action = self.beliefs
        if not self.beliefs.all():
            coin = 2 * self.model.luck.integers(0, 2, self.model.dimensions) - 1
            self.action = np.where(self.beliefs == 0, coin, self.beliefs)
        self.score = int(self.action @ self.model.reality)

    def socialise(self):
        code = self.model.code
        moves = (code != 0) & (self.beliefs != code)
        if moves.any():
            moves &= self.model.luck.random(self.model.dimensions) < self.model.p1
            self.beliefs = self.beliefs + moves * code


class Organization(mesa.Model):
    """Mutual learning of a code and its members."""

    def __init__(self, seed, individuals=50, dimensions=30, p1=0.5, p2=0.5):
        super().__init__(seed=seed)
        self.luck = np.random.default_rng(seed)
        self.dimensions, self.p1, self.p2 = dimensions, p1, p2
        self.reality = self.luck.choice((-1, 1), dimensions)
        self.code = np.zeros(dimensions, int)
        Individual.create_agents(self, individuals)

    def step(self):
        self.agents.do("act")
        to_beat = int(self.code @ self.reality)
        votes = sum((a.action for a in self.agents if a.score > to_beat), np.zeros(self.dimensions, int))
        chance = 1 - (1 - self.p2) ** np.abs(votes)
        follow = (votes != 0) & (self.code != np.sign(votes))
        follow &= self.luck.random(self.dimensions) < chance
        code = np.where(follow, np.sign(votes), self.code)
        self.agents.do("socialise")
        self.code = code

    def knowledge(self):
        return float(self.code @ self.reality) / self.dimensions


def main(worlds: int, p1: float) -> None:
    begin = time.process_time()
    total = 0.0
    for seed in range(worlds):
        organization = Organization(seed, p1=p1)
        for _ in range(100):
            organization.step()
        total += organization.knowledge()
    seconds = time.process_time() - begin
    print(f"{worlds / seconds:.6g} {total / worlds:.4f}")


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
