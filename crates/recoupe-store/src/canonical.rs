//! One way to write a JSON object, so that the same decision has the same bytes and the same hash.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// The object in `text` with keys in the order of their bytes at every level and no white space between. Strings are written with the
/// shortest escapes, numbers stay as they were written. A key that stands twice counts with its last value.
pub(crate) fn object(text: &str) -> Result<String, serde_json::Error> {
    // Reading it as an object first tells an array or a number from an object.
    let _: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
    let mut out = String::with_capacity(text.len());
    write(text, &mut out)?;
    Ok(out)
}

fn write(text: &str, out: &mut String) -> Result<(), serde_json::Error> {
    let text = text.trim();
    match text.as_bytes().first() {
        Some(b'{') => {
            let map: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
            out.push('{');
            for (i, (key, value)) in map.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                out.push_str(&serde_json::to_string(key)?);
                out.push(':');
                write(value.get(), out)?;
            }
            out.push('}');
        }
        Some(b'[') => {
            let list: Vec<&RawValue> = serde_json::from_str(text)?;
            out.push('[');
            for (i, value) in list.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write(value.get(), out)?;
            }
            out.push(']');
        }
        Some(b'"') => out.push_str(&serde_json::to_string(&serde_json::from_str::<String>(text)?)?),
        _ => out.push_str(text),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn order_space_and_escapes_do_not_count() {
        let a = object(r#" {"b": [1.50, {"y":null,"x":true}], "a":"\u00e9\n" } "#).expect("an object");
        assert_eq!(a, "{\"a\":\"é\\n\",\"b\":[1.50,{\"x\":true,\"y\":null}]}");
        assert!(!a.contains('\n'));
        assert!(object("[1]").is_err());
        assert!(object("{\"a\":1} x").is_err());
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        use serde_json::Value;
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..5)
                    .prop_map(|m| Value::Object(m.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn writing_again_changes_nothing(m in prop::collection::btree_map(any::<String>(), json(), 0..6)) {
            let value = serde_json::Value::Object(m.into_iter().collect());
            let pretty = serde_json::to_string_pretty(&value).expect("written");
            let once = object(&pretty).expect("an object");
            prop_assert_eq!(&object(&once).expect("an object"), &once);
            prop_assert!(!once.contains('\n'));
            prop_assert_eq!(object(&value.to_string()).expect("an object"), once);
        }
    }
}
