//! What a bar's limits are called, what they come to, and what there is to think over.

use domain::Limits;
use domain::concern::Concern;
use domain::limits::Limit;
use domain::text::Language;

use crate::limits_page::Part;

ui::sentences! {
    window_at_once: "The bar is closed: a new length holds at once.", "O bar está fechado: a nova duração vale já.";
    window_next: "The bar is open: a new length holds from the next code on. The one on the monitor keeps its time.", "O bar está aberto: a nova duração vale a partir do próximo código. O que está na tela mantém o seu tempo.";
}

/// What some limits are about.
pub(crate) fn part(language: Language, part: Part) -> &'static str {
    match language {
        Language::English => match part {
            Part::Door => "How many come in",
            Part::Bar => "How much the bar takes on",
            Part::Guest => "What one guest may have",
            Part::Patience => "How long something may take",
        },
        Language::Portuguese => match part {
            Part::Door => "Quantos entram",
            Part::Bar => "Quanto o bar aceita",
            Part::Guest => "Quanto cada pessoa pode pedir",
            Part::Patience => "Quanto cada coisa pode demorar",
        },
    }
}

/// What a limit is called, with its unit.
pub(crate) fn name(language: Language, limit: Limit) -> &'static str {
    match language {
        Language::English => match limit {
            Limit::WindowSeconds => "A code is shown for (seconds)",
            Limit::UsesPerWindow => "Drinks per code",
            Limit::GraceSeconds => "A code still works afterwards for (seconds)",
            Limit::ChooseSeconds => "Choosing a drink (seconds)",
            Limit::StartSeconds => "Waiting for a barista to start (seconds)",
            Limit::CollectSeconds => "A ready drink stays on the board (seconds)",
            Limit::MaxInProgress => "Orders in progress at once",
            Limit::MaxWaitSeconds => "Longest wait (seconds)",
            Limit::LivePerPerson => "Orders at once",
            Limit::DailyPerPerson => "Drinks a day (0: no limit)",
            Limit::Baristas => "Baristas making drinks",
        },
        Language::Portuguese => match limit {
            Limit::WindowSeconds => "Um código aparece por (segundos)",
            Limit::UsesPerWindow => "Bebidas por código",
            Limit::GraceSeconds => "Depois disso ainda vale por (segundos)",
            Limit::ChooseSeconds => "Escolher a bebida (segundos)",
            Limit::StartSeconds => "Esperar o preparo começar (segundos)",
            Limit::CollectSeconds => "Uma bebida pronta fica na tela por (segundos)",
            Limit::MaxInProgress => "Pedidos em andamento ao mesmo tempo",
            Limit::MaxWaitSeconds => "Maior espera (segundos)",
            Limit::LivePerPerson => "Pedidos ao mesmo tempo",
            Limit::DailyPerPerson => "Bebidas por dia (0: sem limite)",
            Limit::Baristas => "Baristas preparando bebidas",
        },
    }
}

/// What a limit comes to, as a sentence; drinks take `mean_millis` on the average.
pub(crate) fn meaning(
    language: Language,
    limit: Limit,
    limits: &Limits,
    mean_millis: u64,
) -> String {
    match language {
        Language::English => english(limit, limits, mean_millis),
        Language::Portuguese => portuguese(limit, limits, mean_millis),
    }
}

fn english(limit: Limit, limits: &Limits, mean_millis: u64) -> String {
    let time = |seconds| spell(seconds, ["s", "minute", "minutes", "hour", "hours"]);
    let drinks =
        |count: u32| if count == 1 { "1 drink".to_owned() } else { format!("{count} drinks") };
    match limit {
        Limit::WindowSeconds => {
            format!("Every {} a new code appears.", time(limits.window_seconds))
        }
        Limit::UsesPerWindow => format!(
            "{} per {} is {} an hour.",
            drinks(limits.uses_per_window),
            time(limits.window_seconds),
            limits.admitted_per_hour()
        ),
        Limit::GraceSeconds if limits.grace_seconds == 0 => {
            "A code stops working the moment the next one appears.".to_owned()
        }
        Limit::GraceSeconds => format!(
            "Whoever scanned just before the change has {} more.",
            time(limits.grace_seconds)
        ),
        Limit::Baristas => match limits.made_per_hour(mean_millis) {
            Some(made) => format!(
                "{} at the menu's mean of {} a drink make about {made} an hour.",
                if limits.baristas == 1 {
                    "1 barista".to_owned()
                } else {
                    format!("{} baristas", limits.baristas)
                },
                time(mean_seconds(mean_millis)),
            ),
            None => "The menu has no drinks yet.".to_owned(),
        },
        Limit::MaxInProgress => format!(
            "With {} in progress there is work for about {}; then guests read “full”.",
            drinks(limits.max_in_progress),
            time(limits.seconds_when_full(mean_millis))
        ),
        Limit::MaxWaitSeconds => format!(
            "Nobody is let in who would wait for {} or longer.",
            time(limits.max_wait_seconds)
        ),
        Limit::LivePerPerson if limits.live_per_person == 1 => {
            "A guest orders again once the drink before is collected.".to_owned()
        }
        Limit::LivePerPerson => {
            format!("A guest may wait for {} at once.", drinks(limits.live_per_person))
        }
        Limit::DailyPerPerson if limits.daily_per_person == 0 => {
            "Everybody may have as many as they like.".to_owned()
        }
        Limit::DailyPerPerson => format!(
            "After {} a guest is asked to come back tomorrow; the day begins at 04:00.",
            drinks(limits.daily_per_person)
        ),
        Limit::ChooseSeconds => format!(
            "Who has not chosen after {} gives the place to the next.",
            time(limits.choose_seconds)
        ),
        Limit::StartSeconds => format!(
            "An order that nobody starts within {} is struck out; one that is being made never is.",
            time(limits.start_seconds)
        ),
        Limit::CollectSeconds => format!(
            "After {} a ready drink counts as collected and leaves the board.",
            time(limits.collect_seconds)
        ),
    }
}

fn portuguese(limit: Limit, limits: &Limits, mean_millis: u64) -> String {
    let time = |seconds| spell(seconds, ["s", "minuto", "minutos", "hora", "horas"]);
    let drinks =
        |count: u32| if count == 1 { "1 bebida".to_owned() } else { format!("{count} bebidas") };
    match limit {
        Limit::WindowSeconds => {
            format!("A cada {} aparece um código novo.", time(limits.window_seconds))
        }
        Limit::UsesPerWindow => format!(
            "{} a cada {} são {} por hora.",
            drinks(limits.uses_per_window),
            time(limits.window_seconds),
            limits.admitted_per_hour()
        ),
        Limit::GraceSeconds if limits.grace_seconds == 0 => {
            "Um código deixa de valer assim que o próximo aparece.".to_owned()
        }
        Limit::GraceSeconds => {
            format!("Quem escaneou pouco antes da troca tem mais {}.", time(limits.grace_seconds))
        }
        Limit::Baristas => match limits.made_per_hour(mean_millis) {
            Some(made) => format!(
                "{}, com a média do cardápio de {} por bebida, {} umas {made} por hora.",
                if limits.baristas == 1 {
                    "1 barista".to_owned()
                } else {
                    format!("{} baristas", limits.baristas)
                },
                time(mean_seconds(mean_millis)),
                if limits.baristas == 1 { "faz" } else { "fazem" },
            ),
            None => "O cardápio ainda não tem bebidas.".to_owned(),
        },
        Limit::MaxInProgress => format!(
            "Com {} em andamento há trabalho para uns {}; depois disso se lê “lotado”.",
            drinks(limits.max_in_progress),
            time(limits.seconds_when_full(mean_millis))
        ),
        Limit::MaxWaitSeconds => {
            format!("Não entra quem teria de esperar {} ou mais.", time(limits.max_wait_seconds))
        }
        Limit::LivePerPerson if limits.live_per_person == 1 => {
            "Só se pede de novo depois de retirar a bebida anterior.".to_owned()
        }
        Limit::LivePerPerson => {
            format!(
                "Cada pessoa pode esperar por {} ao mesmo tempo.",
                drinks(limits.live_per_person)
            )
        }
        Limit::DailyPerPerson if limits.daily_per_person == 0 => {
            "Cada pessoa pode pedir quantas quiser.".to_owned()
        }
        Limit::DailyPerPerson => format!(
            "Depois de {} só amanhã; o dia começa às 04:00.",
            drinks(limits.daily_per_person)
        ),
        Limit::ChooseSeconds => format!(
            "Quem não escolheu depois de {} dá o lugar a quem vem depois.",
            time(limits.choose_seconds)
        ),
        Limit::StartSeconds => format!(
            "Um pedido que ninguém começa em {} cai; um que está em preparo, nunca.",
            time(limits.start_seconds)
        ),
        Limit::CollectSeconds => format!(
            "Depois de {} uma bebida pronta conta como retirada e sai da tela.",
            time(limits.collect_seconds)
        ),
    }
}

/// What there is to think over.
pub(crate) fn concern(language: Language, concern: Concern) -> String {
    let sentence = match language {
        Language::English => match concern {
            Concern::Overrun(surplus) => {
                return format!(
                    "That is {surplus} an hour more than the baristas make: the queue grows until the bar is full."
                );
            }
            Concern::MoreUsesThanPlaces => {
                "A code has more drinks than the bar has places: the last who scan it find the bar full."
            }
            Concern::GraceOutlastsWindow => {
                "That is longer than a code is shown: photographs of old codes work for long."
            }
            Concern::NoGrace => "Whoever scans in the last second is turned away.",
            Concern::HastyChoice => "Many need longer to read the menu.",
            Concern::IdlePlaces => "Phones that were put away keep their places for that long.",
            Concern::FewerPlacesThanBaristas => {
                "There are more baristas than orders: some have nothing to do."
            }
            Concern::NeverFull => {
                "The longest wait is reached before that: guests are turned away with fewer orders."
            }
            Concern::StruckOutWhileWaiting => {
                "Guests may be told to wait for longer than that: their orders would be struck out."
            }
            Concern::HastyCollection => {
                "Whoever waits at the other end of the hall comes too late."
            }
        },
        Language::Portuguese => match concern {
            Concern::Overrun(surplus) => {
                return format!(
                    "São {surplus} por hora a mais do que se prepara: a fila cresce até lotar."
                );
            }
            Concern::MoreUsesThanPlaces => {
                "Um código tem mais bebidas do que o bar tem lugares: quem escaneia por último encontra o bar lotado."
            }
            Concern::GraceOutlastsWindow => {
                "É mais do que um código aparece: fotos de códigos antigos valem por muito tempo."
            }
            Concern::NoGrace => "Quem escaneia no último segundo fica de fora.",
            Concern::HastyChoice => "Muita gente precisa de mais tempo para ler o cardápio.",
            Concern::IdlePlaces => "Celulares guardados no bolso seguram o lugar por esse tempo.",
            Concern::FewerPlacesThanBaristas => {
                "Há mais baristas do que pedidos: alguém fica sem ter o que fazer."
            }
            Concern::NeverFull => {
                "A maior espera chega antes disso: com menos pedidos já não entra ninguém."
            }
            Concern::StruckOutWhileWaiting => {
                "A espera anunciada pode ser maior que isso: os pedidos cairiam antes."
            }
            Concern::HastyCollection => "Quem espera do outro lado do salão chega tarde.",
        },
    };
    sentence.to_owned()
}

fn mean_seconds(mean_millis: u64) -> u32 {
    u32::try_from((mean_millis + 500) / 1000).unwrap_or(u32::MAX)
}

/// A time in the largest unit that tells it whole, else in seconds or in minutes and seconds. The
/// words are: second, minute, minutes, hour, hours.
fn spell(seconds: u32, [second, minute, minutes, hour, hours]: [&str; 5]) -> String {
    let count = |count: u32, one: &str, many: &str| {
        format!("{count} {}", if count == 1 { one } else { many })
    };
    match (seconds / 3600, seconds / 60, seconds % 60) {
        (1.., _, 0) if seconds.is_multiple_of(3600) => count(seconds / 3600, hour, hours),
        (_, 1.., 0) => count(seconds / 60, minute, minutes),
        (_, 3.., _) => {
            let rest = format!("{} {second}", seconds % 60);
            [&count(seconds / 60, minute, minutes), " ", &rest].concat()
        }
        _ => format!("{seconds} {second}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_compute() {
        let limits = Limits::default();
        let said = |limit| meaning(Language::English, limit, &limits, 50_000);
        assert_eq!(said(Limit::UsesPerWindow), "10 drinks per 5 minutes is 120 an hour.");
        assert_eq!(
            said(Limit::Baristas),
            "2 baristas at the menu's mean of 50 s a drink make about 144 an hour."
        );
        assert_eq!(
            meaning(Language::Portuguese, Limit::UsesPerWindow, &limits, 50_000),
            "10 bebidas a cada 5 minutos são 120 por hora."
        );
    }

    #[test]
    fn every_limit_has_its_words() {
        let odd =
            Limit::ALL.into_iter().fold(Limits::default(), |limits, limit| limits.with(limit, 1));
        for language in Language::ALL {
            for limit in Limit::ALL {
                assert!(!name(language, limit).is_empty());
                for limits in [Limits::default(), odd] {
                    assert!(meaning(language, limit, &limits, 0).ends_with('.'), "{limit:?}");
                }
            }
            for told in Concern::all(&odd.with(Limit::UsesPerWindow, 9), 3_600_000) {
                assert!(concern(language, told).ends_with('.'));
            }
        }
    }

    #[test]
    fn times_are_told_in_the_unit_one_thinks_in() {
        let words = ["s", "minute", "minutes", "hour", "hours"];
        for (seconds, said) in [
            (0, "0 s"),
            (45, "45 s"),
            (60, "1 minute"),
            (90, "90 s"),
            (300, "5 minutes"),
            (496, "8 minutes 16 s"),
            (3600, "1 hour"),
            (5400, "90 minutes"),
            (86_400, "24 hours"),
        ] {
            assert_eq!(spell(seconds, words), said);
        }
    }
}
