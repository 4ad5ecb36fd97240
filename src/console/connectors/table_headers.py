"""Headers of tables: which words, in several languages, name the e-mail, the name, the company, the event …"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from console.domain.import_mapping import property_name

EMAIL = """
email e_mail mail email_address e_mail_address mail_address customer_email contact_email user_email primary_email
work_email business_email person_email email_1 courriel adresse_e_mail adresse_email adresse_mail adresse_electronique
mel correo correo_electronico direccion_de_correo email_adresse e_mail_adresse mailadresse emailadresse e_mailadres
emailadres posta_elettronica indirizzo_email indirizzo_e_mail endereco_de_email endereco_de_e_mail e_post epost
e_postadress adres_e_mail adres_email sahkoposti eposta e_posta почта электронная_почта эл_почта адрес_электронной_почты
邮箱 电子邮件 电子邮箱 メール メールアドレス 이메일 ایمیل البريد_الإلكتروني אימייל
"""
NAME = """
name full_name fullname customer_name contact_name user_name display_name person_name real_name customer contact client
nom nom_complet nom_et_prenom nombre nombre_completo nombre_y_apellidos vollstandiger_name vor_und_nachname kunde
kundenname ansprechpartner nome nome_completo nome_e_cognome naam volledige_naam imie_i_nazwisko namn navn nimi имя фио
полное_имя 姓名 名字 名前 氏名 이름 الاسم שם cliente
"""
FIRST_NAME = (
    "first_name firstname given_name forename vorname prenom voornaam fornamn fornavn imie nombres primer_nombre"
)
LAST_NAME = """
last_name lastname surname family_name nachname familienname nom_de_famille apellido apellidos cognome sobrenome apelido
achternaam efternamn etternavn nazwisko фамилия
"""
CUSTOMER_ID = """
id external_id customer_id user_id contact_id client_id person_id uuid guid customer_number customer_no kunden_id
kundennummer kundennr kunden_nr numero_client no_client id_client id_cliente numero_de_cliente klantnummer
"""
COMPANY_NAME = """
company company_name organisation organization organisation_name organization_name account account_name employer firma
firmenname firmierung unternehmen societe entreprise nom_de_l_entreprise raison_sociale empresa
nombre_de_la_empresa compania azienda ragione_sociale societa bedrijf bedrijfsnaam foretag компания организация 公司
公司名称 会社 会社名 회사
"""
DOMAIN = "domain domains domain_name company_domain company.domain email_domain web_domain domaine dominio domane"
WEBSITE = "website web_site url homepage site site_web sitio_web webseite web www company_website company_url"
COMPANY_WORDS = "seats team_size employees number_of_employees headcount industry sector branche mitarbeiter effectif"
EVENT_NAME = """
event event_name event_type action activity activity_name type name ereignis evenement nom_de_l_evenement evento
gebeurtenis событие 事件 イベント
"""
EVENT_AT = """
at time timestamp date datetime date_time created_at created occurred_at happened_at event_time event_at event_date
event_timestamp when sent_at received_at zeit zeitpunkt zeitstempel datum uhrzeit heure date_et_heure horodatage fecha
fecha_y_hora hora data data_e_ora tijd tijdstip время дата 时间 日時
"""
EVENT_ID = "id event_id uuid guid message_id insert_id external_id"
EVENT_CUSTOMER = (
    "customer_id user_id contact_id person_id client_id distinct_id customer.external_id user.id customer.id"
)
PHONE = "phone telephone phone_number mobile mobile_phone cell telefon telefonnummer handy tel telefono movil telefone"
NUMBERLIKE_TEXT = """
id zip zip_code zipcode postal_code postcode post_code plz code_postal codigo_postal cap iban account_number number nr no
code sku reference ref order_number invoice_number tax_id vat vat_id siret kundennummer ean barcode serial version
"""
TAGS = "tags tag labels tag_list etiquetas schlagworter etiquettes"
INTERNAL = "internal_id row row_id row_number index line"
_NUMBERLIKE_END = re.compile(r"(^|[_.])(id|uuid|code|zip|plz|iban|sku|postcode)$")


def words_of(header: str) -> str:
    """The header as compared with the lists above: snake case, lower, without accents."""
    return _folded(property_name(header))


def says(words: str, names: str) -> bool:
    """Whether a header in words is one of the names."""
    return words in _set_of(names)


def ends_as_text(words: str) -> bool:
    """Whether numbers under this header are names of things (ids, codes, postcodes), not quantities."""
    return says(words, NUMBERLIKE_TEXT) or _NUMBERLIKE_END.search(words) is not None


@lru_cache(maxsize=64)
def _set_of(names: str) -> frozenset[str]:
    return frozenset(_folded(name) for name in names.split())


def _folded(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", plain).replace("ß", "ss")
