"""March (1991) in numpy, many worlds in one array: a peer for the benchmark table."""

import sys
import time

import numpy as np


def run(luck, worlds: int, p1: float, p2: float = 0.5, individuals: int = 50, dimensions: int = 30):
    """Code knowledge after 100 periods, [world]."""
    reality = luck.choice(np.array((-1, 1), np.int8), (worlds, dimensions))
    code = np.zeros((worlds, dimensions), np.int8)
    beliefs = luck.integers(-1, 2, (worlds, individuals, dimensions), np.int8)
    for _ in range(100):
        coin = luck.integers(0, 2, beliefs.shape, np.int8) * 2 - 1
        action = np.where(beliefs == 0, coin, beliefs)
        scores = np.einsum("wij,wj->wi", action, reality, dtype=np.int32)
        to_beat = np.einsum("wj,wj->w", code, reality, dtype=np.int32)
        superior = scores > to_beat[:, None]
        votes = np.einsum("wij,wi->wj", action, superior, dtype=np.int32)
        sign = np.sign(votes).astype(np.int8)
        chance = 1 - (1 - p2) ** np.abs(votes)
        follow = (votes != 0) & (code != sign) & (luck.random(votes.shape, np.float32) < chance)
        moves = (code[:, None, :] != 0) & (beliefs != code[:, None, :])
        moves &= luck.random(beliefs.shape, np.float32) < p1
        beliefs = np.where(moves, beliefs + code[:, None, :], beliefs)
        code = np.where(follow, sign, code)
    return (code * reality).sum(1) / dimensions


def main(worlds: int, p1: float) -> None:
    luck = np.random.default_rng(1)
    begin = time.process_time()
    knowledge = np.concatenate([run(luck, 50, p1) for _ in range(worlds // 50)])
    seconds = time.process_time() - begin
    print(f"{len(knowledge) / seconds:.6g} {knowledge.mean():.4f}")


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
