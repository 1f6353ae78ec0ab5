//! How a record or a choice is declared: once, with the numbers by which its bytes know it, forever.

/// Structs as CBOR: `map` has its fields under keys, `array` in a row. Fields are only ever added behind the last one.
/// `.. name` keeps the fields that a newer app wrote, so that they are written again.
macro_rules! record {
    ($(
        $(#[$meta:meta])*
        $vis:vis $form:ident $name:ident {
            $($(#[$doc:meta])* $key:literal $field:ident: $type:ty,)*
            $(.. $(#[$newer_doc:meta])* $newer:ident,)?
        }
    )+) => { $(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Debug)]
        $vis struct $name {
            $($(#[$doc])* $vis $field: $type,)*
            $($(#[$newer_doc])* $vis $newer: Vec<(u32, Vec<u8>)>,)?
        }

        impl $crate::codec::Blank for $name {
            const BLANK: Self = Self {
                $($field: $crate::codec::Blank::BLANK,)*
                $($newer: Vec::new(),)?
            };
        }

        impl $crate::codec::Value for $name {
            fn write(&self, out: &mut $crate::codec::Writer) {
                let mut record = out.$form();
                $(record.put($key, &self.$field);)*
                $crate::codec::record!(@close record close_with $(&self.$newer)?);
            }

            fn read(&mut self, from: &mut $crate::codec::Reader<'_>) {
                let mut record = from.$form();
                $(record.get($key, &mut self.$field);)*
                $crate::codec::record!(@close record close_into $(&mut self.$newer)?);
            }
        }
    )+ };
    (@close $record:ident $with:ident $newer:expr) => { $record.$with($newer) };
    (@close $record:ident $with:ident) => { $record.close() };
}

/// Enums whose variants are a number as CBOR. A number that is not known here cannot be read.
macro_rules! choice {
    ($(
        $(#[$meta:meta])*
        $vis:vis $name:ident {
            $($(#[$doc:meta])* $number:literal $variant:ident,)+
        }
    )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        $vis enum $name {
            $($(#[$doc])* $variant = $number,)+
        }

        impl $crate::codec::Blank for $name {
            const BLANK: Self = [$(Self::$variant),+][0];
        }

        impl $crate::codec::Value for $name {
            fn write(&self, out: &mut $crate::codec::Writer) {
                out.head($crate::codec::NUMBER, *self as u64);
            }

            fn read(&mut self, from: &mut $crate::codec::Reader<'_>) {
                match from.expect($crate::codec::NUMBER) {
                    $($number => *self = Self::$variant,)+
                    _ => from.fail(),
                }
            }
        }
    )+ };
}

pub(crate) use {choice, record};
