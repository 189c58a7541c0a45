//! Requests of several kinds, told apart by their `type`.

/// A request as it is read once its kind is known: `{"cancel": {"reason": "…"}}`.
///
/// Of a `type` among other fields serde reads all of them before it knows what they should be, and
/// then no more where they stood: read like this, what is wrong can be said of its own field.
pub struct ByKind<T>(pub T);

/// Makes the enum of a request with its `type` among the fields of its kind, and, of the same lines,
/// the one way to read it by its kind.
macro_rules! by_kind {
    (
        $(#[$about:meta])*
        pub enum $request:ident {
            $($kind:ident { $($(#[$how:meta])* $field:ident: $type:ty),* $(,)? }),* $(,)?
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
        pub enum $request {
            $($kind { $($(#[$how])* $field: $type),* }),*
        }

        impl<'de> Deserialize<'de> for ByKind<$request> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[derive(Deserialize)]
                #[serde(rename_all = "snake_case", deny_unknown_fields)]
                enum Read {
                    $($kind { $($(#[$how])* $field: $type),* }),*
                }
                Ok(Self(match Read::deserialize(deserializer)? {
                    $(Read::$kind { $($field),* } => $request::$kind { $($field),* }),*
                }))
            }
        }
    };
}

pub(super) use by_kind;
