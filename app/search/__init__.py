"""Text search: folding, pinyin, and two engines (Whoosh, SQL) that give the same answers."""
