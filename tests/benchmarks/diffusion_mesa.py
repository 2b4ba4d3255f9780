"""Adoption on a Watts-Strogatz graph in Mesa, agent by agent: a peer for the benchmark table."""

import math
import sys
import time

import mesa
import networkx as nx

AGENTS, DEGREE, REWIRING, STEPS, P, Q = 1000, 8, 0.1, 100, 0.001, 0.1


class Person(mesa.Agent):
    """Adopts with a hazard that grows with the share of neighbours who have adopted."""

    def __init__(self, model):
        super().__init__(model)
        self.adopted = False
        self.neighbours = []

    def decide(self):
        self.adopts = False
        if not self.adopted:
            share = sum(other.adopted for other in self.neighbours) / len(self.neighbours)
            self.adopts = self.random.random() < 1 - math.exp(-(P + Q * share))

    def adopt(self):
        self.adopted = self.adopted or self.adopts


class Population(mesa.Model):
    """People on a graph that all worlds share."""

    def __init__(self, graph, seed):
        super().__init__(seed=seed)
        people = list(Person.create_agents(self, AGENTS))
        for node, person in enumerate(people):
            person.neighbours = [people[other] for other in graph[node]]

    def step(self):
        self.agents.do("decide")
        self.agents.do("adopt")


def main(worlds: int) -> None:
    graph = nx.watts_strogatz_graph(AGENTS, DEGREE, REWIRING, seed=1)
    begin = time.process_time()
    total = 0.0
    for seed in range(worlds):
        population = Population(graph, seed)
        for _ in range(STEPS):
            population.step()
        total += sum(person.adopted for person in population.agents) / AGENTS
    seconds = time.process_time() - begin
    print(f"{worlds / seconds:.6g} {total / worlds:.4f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
