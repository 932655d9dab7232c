//! Compressed sparse rows: a list of numbers for each node, end to end in one array.

#[derive(Debug, Default)]
pub struct Csr {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Csr {
    /// Groups `(row, item)` pairs by row; within a row they keep the order in which they come.
    pub fn build(rows: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0_u32; rows + 1];
        for (row, _) in pairs.clone() {
            starts[row as usize + 1] += 1;
        }
        for row in 0..rows {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut items = vec![0; starts[rows] as usize];
        for (row, item) in pairs {
            let place = &mut next[row as usize];
            items[*place as usize] = item;
            *place += 1;
        }
        Self { starts, items }
    }

    pub fn row(&self, row: u32) -> &[u32] {
        let (start, end) = (self.starts[row as usize], self.starts[row as usize + 1]);
        &self.items[start as usize..end as usize]
    }
}
