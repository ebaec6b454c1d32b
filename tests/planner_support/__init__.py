"""What the planner's tests share: random small problems, and the best plan of one by trying everything."""
