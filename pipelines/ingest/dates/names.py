"""Names of months and weekdays in English, German, French, Spanish and Dutch."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner jän janvier janv enero ene januari",
            "february feb februar feber février fevrier févr fév febrero februari",
            "march mar märz maerz mär mrz mars marzo maart mrt",
            "april apr avril avr abril abr",
            "may mai mayo mei",
            "june jun juni juin junio",
            "july jul juli juillet juil julio",
            "august aug août aout aoû aou agosto ago augustus",
            "september sep sept septembre septiembre setiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre decembre déc diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
LABELS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday mo montag lun lundi lunes ma maandag",
            "tue tues tuesday di dienstag mar mardi martes dinsdag",
            "wed wednesday mi mittwoch mer mercredi mié mie miércoles miercoles wo woe woensdag",
            "thu thur thurs thursday do donnerstag jeu jeudi jue jueves donderdag",
            "fri friday fr freitag ven vendredi vie viernes vr vrijdag",
            "sat saturday sa samstag sonnabend sam samedi sáb sab sábado sabado za zat zaterdag",
            "sun sunday so sonntag dim dimanche dom domingo zo zon zondag",
        )
    )
    for name in names.split()
}
ARTICLES = {"the", "on", "den", "der", "am", "le", "el", "de", "op"}
"""Little words before a date that say nothing more."""
