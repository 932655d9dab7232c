//! The names that clients rely on, as `contract.graphql` fixes them: more may be there, nothing renamed or stricter.

use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    FieldDefinition, InputValueDefinition, ServiceDocument, TypeDefinition, TypeKind, TypeSystemDefinition,
};
use std::collections::BTreeMap;

fn types(document: ServiceDocument) -> BTreeMap<String, TypeDefinition> {
    let named = document.definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(of) => Some((of.node.name.node.to_string(), of.node)),
        _ => None,
    });
    named.collect()
}

#[test]
fn the_contracts_names_are_all_there_and_no_stricter() {
    let agreed = types(parse_schema(include_str!("contract.graphql")).unwrap());
    let ours = types(parse_schema(inroads::graphql::sdl()).unwrap());
    let mut broken = Vec::new();
    for (name, agreed) in &agreed {
        match ours.get(name) {
            Some(ours) => compare(name, &agreed.kind, ours, &mut broken),
            None => broken.push(format!("{name} is missing")),
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

fn compare(name: &str, agreed: &TypeKind, ours: &TypeDefinition, broken: &mut Vec<String>) {
    match (agreed, &ours.kind) {
        (TypeKind::Scalar, TypeKind::Scalar) => {}
        (TypeKind::Enum(agreed), TypeKind::Enum(ours)) => {
            let has = |value: &str| ours.values.iter().any(|known| known.node.value.node == value);
            let missing = agreed.values.iter().filter(|value| !has(&value.node.value.node));
            broken.extend(missing.map(|value| format!("{name}.{} is missing", value.node.value.node)));
        }
        (TypeKind::Object(agreed), TypeKind::Object(ours)) => fields(name, &agreed.fields, &ours.fields, broken),
        (TypeKind::Interface(agreed), TypeKind::Interface(ours)) => fields(name, &agreed.fields, &ours.fields, broken),
        (TypeKind::InputObject(agreed), TypeKind::InputObject(input)) => {
            inputs(name, &agreed.fields, &input.fields, broken);
            let one_of = ours.directives.iter().any(|directive| directive.node.name.node == "oneOf");
            let meant = matches!(name, "NodeRef" | "OrganisationBy" | "AreaBy" | "SourceInput" | "OutreachTargetInput");
            if one_of != meant {
                broken.push(format!("{name} takes exactly one field: {one_of}"));
            }
        }
        _ => broken.push(format!("{name} is of another kind")),
    }
}

fn fields(
    of: &str,
    agreed: &[Positioned<FieldDefinition>],
    ours: &[Positioned<FieldDefinition>],
    broken: &mut Vec<String>,
) {
    for agreed in agreed.iter().map(|field| &field.node) {
        let name = format!("{of}.{}", agreed.name.node);
        let Some(ours) = ours.iter().map(|field| &field.node).find(|field| field.name.node == agreed.name.node) else {
            broken.push(format!("{name} is missing"));
            continue;
        };
        if agreed.ty.node.to_string() != ours.ty.node.to_string() {
            broken.push(format!("{name} is {}, not {}", ours.ty.node, agreed.ty.node));
        }
        inputs(&name, &agreed.arguments, &ours.arguments, broken);
    }
}

fn inputs(
    of: &str,
    agreed: &[Positioned<InputValueDefinition>],
    ours: &[Positioned<InputValueDefinition>],
    broken: &mut Vec<String>,
) {
    for agreed in agreed.iter().map(|input| &input.node) {
        let name = format!("{of}({})", agreed.name.node);
        let Some(ours) = ours.iter().map(|input| &input.node).find(|input| input.name.node == agreed.name.node) else {
            broken.push(format!("{name} is missing"));
            continue;
        };
        let default = |input: &InputValueDefinition| input.default_value.as_ref().map(|value| value.node.to_string());
        if (agreed.ty.node.to_string(), default(agreed)) != (ours.ty.node.to_string(), default(ours)) {
            broken.push(format!("{name} is {} = {:?}", ours.ty.node, default(ours)));
        }
    }
    let demanded = ours.iter().map(|input| &input.node).filter(|input| {
        input.ty.node.to_string().ends_with('!')
            && input.default_value.is_none()
            && !agreed.iter().any(|agreed| agreed.node.name.node == input.name.node)
    });
    broken.extend(demanded.map(|input| format!("{of}({}) is demanded", input.name.node)));
}
