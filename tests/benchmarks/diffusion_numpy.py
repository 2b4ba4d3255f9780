"""Adoption on a Watts-Strogatz graph with numpy and scipy.sparse, 64 worlds in one array: a benchmark peer."""

import sys
import time

import networkx as nx
import numpy as np
import scipy.sparse

AGENTS, DEGREE, REWIRING, STEPS, P, Q = 1000, 8, 0.1, 100, 0.001, 0.1


def run(luck, ties, degree, worlds: int):
    """Share of adopters after the last step, [world]."""
    adopted = np.zeros((AGENTS, worlds), np.float32)
    for _ in range(STEPS):
        share = (ties @ adopted) / degree[:, None]
        chance = 1 - np.exp(-(P + Q * share))
        adopted = np.maximum(adopted, luck.random(adopted.shape, np.float32) < chance)
    return adopted.mean(0)


def main(worlds: int) -> None:
    graph = nx.watts_strogatz_graph(AGENTS, DEGREE, REWIRING, seed=1)
    ties = scipy.sparse.csr_array(nx.to_scipy_sparse_array(graph, dtype=np.float32))
    degree = np.asarray(ties.sum(axis=1)).ravel()
    luck = np.random.default_rng(1)
    begin = time.process_time()
    share = np.concatenate([run(luck, ties, degree, 64) for _ in range(max(1, worlds // 64))])
    seconds = time.process_time() - begin
    print(f"{len(share) / seconds:.6g} {share.mean():.4f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
