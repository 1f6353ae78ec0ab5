//! A portfolio to take along: chosen pieces as one page that needs nothing else (C7). No script, and what people typed is text only.

/// A piece of a portfolio, in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Piece {
    /// Day, place, duration.
    pub line: String,
    /// What was done.
    pub text: String,
    /// The goals that it touches.
    pub goals: Vec<String>,
    /// What others confirmed or wrote.
    pub said: Vec<String>,
}

/// The page: a heading, a line under it, and the pieces under their own headings. UTF-8, complete.
pub fn page(language: &str, title: &str, lead: &str, groups: &[(String, Vec<Piece>)]) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"");
    escape(&mut out, language);
    out.push_str(
        "\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">",
    );
    out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
    tag(&mut out, "title", title);
    out.push_str(STYLE);
    tag(&mut out, "h1", title);
    tag(&mut out, "p", lead);
    for (heading, pieces) in groups {
        tag(&mut out, "h2", heading);
        for it in pieces {
            out.push_str("<article>");
            tag(&mut out, "h3", &it.line);
            tag(&mut out, "p", &it.text);
            list(&mut out, &it.goals);
            for it in &it.said {
                tag(&mut out, "blockquote", it);
            }
            out.push_str("</article>\n");
        }
    }
    out.push_str("</html>\n");
    out
}

const STYLE: &str = "<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}\
article{border-left:4px solid #a4501c;padding-left:1rem;margin:1rem 0;break-inside:avoid}h3{font-size:1rem}\
p,blockquote{white-space:pre-wrap}@media print{body{margin:0}}</style>\n";

fn list(out: &mut String, all: &[String]) {
    if all.is_empty() {
        return;
    }
    out.push_str("<ul>");
    for it in all {
        tag(out, "li", it);
    }
    out.push_str("</ul>");
}

fn tag(out: &mut String, name: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    out.push('<');
    out.push_str(name);
    out.push('>');
    escape(out, text);
    out.push_str("</");
    out.push_str(name);
    out.push_str(">\n");
}

/// Text as text, also between quotes.
fn escape(out: &mut String, text: &str) {
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(it),
        }
    }
}
