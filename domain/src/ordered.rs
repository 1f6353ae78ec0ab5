//! Order in little code: the app travels to a phone, and the library's maps and sorts are compiled anew for every type.
//!
//! Here places are moved instead of things. One search and one way of moving serve all types, and for the thousands
//! that a dossier holds they are as fast.

use core::borrow::Borrow;
use core::cmp::Ordering;
use core::fmt;

/// A map in the order of its keys.
#[derive(Clone)]
pub struct Table<K, V> {
    items: Vec<(K, V)>,
    /// Where the items stand, by key.
    places: Vec<u32>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Table<K, V> {
        Table { items: Vec::new(), places: Vec::new() }
    }
}

impl<K: Ord, V> Table<K, V> {
    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        self.item(*self.places.get(at)?).map(|(_, value)| value)
    }

    /// The value of a key, to change it.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        let item = self.items.get_mut(*self.places.get(at)? as usize)?;
        Some(&mut item.1)
    }

    /// Whether the key is there.
    pub fn has<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Puts a value in; the one that was there comes out.
    pub fn put(&mut self, key: K, value: V) -> Option<V> {
        match self.get_mut(&key) {
            Some(old) => Some(core::mem::replace(old, value)),
            None => {
                self.get_or_put(key, value);
                None
            }
        }
    }

    /// The value that is there, or else this one.
    pub fn get_or_put(&mut self, key: K, value: V) -> &mut V {
        let place = match self.find(&key) {
            Ok(at) => self.places[at],
            Err(at) => {
                let place = self.items.len() as u32;
                self.places.insert(at, place);
                self.items.push((key, value));
                place
            }
        };
        &mut self.items[place as usize].1
    }

    /// Takes a value out.
    pub fn take<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        // The last item fills the hole.
        let last = self.items.last().and_then(|(key, _)| self.find::<Q>(key.borrow()).ok())?;
        let hole = self.places[at];
        self.places[last] = hole;
        self.places.remove(at);
        Some(self.items.swap_remove(hole as usize).1)
    }

    /// All, by key.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.places.iter().filter_map(|it| self.item(*it)).map(|(key, value)| (key, value))
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// The values, by key.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    fn item(&self, place: u32) -> Option<&(K, V)> {
        self.items.get(place as usize)
    }

    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        find(&self.places, &|place| {
            self.item(place).map_or(Ordering::Greater, |(it, _)| it.borrow().cmp(key))
        })
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Table<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(items: I) -> Table<K, V> {
        let mut table = Table::default();
        for (key, value) in items {
            table.put(key, value);
        }
        table
    }
}

impl<K: Ord, V: PartialEq> PartialEq for Table<K, V> {
    fn eq(&self, other: &Table<K, V>) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl<K: Ord, V: Eq> Eq for Table<K, V> {}

impl<K: Ord + fmt::Debug, V: fmt::Debug> fmt::Debug for Table<K, V> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_map().entries(self.iter()).finish()
    }
}

/// Sorts by a key; equals stay in the order in which they are.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let compare =
        |one: u32, other: u32| key(&items[one as usize]).cmp(&key(&items[other as usize]));
    let mut order = sorted(items.len(), &compare);
    settle(&mut order, &mut |one, other| items.swap(one, other));
}

/// The places of so many things in order.
#[inline(never)]
fn sorted(count: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut order = Vec::with_capacity(count);
    for place in 0..count as u32 {
        // Behind its equals.
        let at = find(&order, &|other| compare(other, place).then(Ordering::Less));
        order.insert(at.unwrap_or_else(|at| at), place);
    }
    order
}

/// Moves things so that each place holds what `order` names for it.
#[inline(never)]
fn settle(order: &mut [u32], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut at = start;
        loop {
            let from = order[at] as usize;
            order[at] = at as u32;
            if from == start {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[inline(never)]
fn find(places: &[u32], compare: &dyn Fn(u32) -> Ordering) -> Result<usize, usize> {
    places.binary_search_by(|place| compare(*place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Numbers that jump about, the same on every run.
    fn jumpy(count: u64) -> impl Iterator<Item = u64> {
        (1..=count).map(|it| it.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56)
    }

    #[test]
    fn a_table_does_what_a_map_does() {
        let (mut table, mut map) = (Table::default(), BTreeMap::new());
        for (turn, key) in jumpy(2_000).enumerate() {
            if turn % 3 == 2 {
                assert_eq!(table.take(&key), map.remove(&key));
            } else {
                assert_eq!(table.put(key, turn), map.insert(key, turn));
            }
            assert!(table.iter().eq(map.iter()));
        }
        assert!(jumpy(300).all(|key| table.get(&key) == map.get(&key)));
        assert!(table.len() > 50);
    }

    #[test]
    fn tables_with_the_same_are_equal_however_they_came_about() {
        let (mut one, mut other) = (Table::default(), Table::default());
        one.put(1, 'a');
        one.put(2, 'b');
        other.put(2, 'b');
        assert_ne!(one, other);
        assert_eq!(other.get_or_put(1, 'a'), &'a');
        assert_eq!(one, other);
        assert_eq!(other.get_or_put(1, 'c'), &'a');
    }

    #[test]
    fn equals_stay_in_their_order() {
        for count in [0, 1, 2, 3, 1_000] {
            let mut ours: Vec<(u64, usize)> = jumpy(count).zip(0..).collect();
            let mut theirs = ours.clone();
            theirs.sort_by_key(|it| it.0);
            sort_by_key(&mut ours, |it| it.0);
            assert_eq!(ours, theirs);
        }
    }
}
