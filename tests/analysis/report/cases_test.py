"""Which studies a report can be made of, what it says where little is known, and where none can be made."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import chasm
import h5py
import pytest
from chasm.report import ReportError, words, write
from chasm.report.command import main
from pages import Page
from studies import LEAST, PROGRAM, run

LIMIT = 1_500_000  # bytes


def text_of(results, folder):
    out = results.with_suffix(".html")
    if not out.exists():
        write(results, out)
    return out.read_text(encoding="utf-8")


def visible(html):
    body = re.sub(r"<(style|script|pre|svg).*?</\1>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", body)).replace("\N{NO-BREAK SPACE}", " ")


def test_a_page_is_one_small_file_that_asks_for_nothing(report):
    path, text, page = report
    assert len(text.encode()) < LIMIT
    assert not re.search(r'(?:src|href)="(?!#|data:)', text)
    assert "url(" not in re.sub(r"url\(data:[^)]*\)", "", text)
    assert "@import" not in text


def test_every_chart_has_a_title_a_description_and_unique_names(report):
    path, text, page = report
    for svg in re.findall(r"<svg.*?</svg>", text, flags=re.S):
        assert re.search(r"<title [^>]*>[^<]+</title><desc [^>]*>[^<]+</desc>", svg)
    names = re.findall(r' id="([^"]+)"', text)
    assert len(names) == len(set(names))
    for name in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', text):
        assert name in names


def test_every_figure_has_a_table_of_its_numbers(report):
    path, text, page = report
    for figure in re.findall(r"<figure.*?</figure>(?:<div class=\"scroll\")?", text, flags=re.S):
        assert "<table" in figure or figure.endswith('<div class="scroll"')


def test_the_same_file_gives_the_same_page(wide, folder):
    again = write(wide, folder / "again.html").read_text(encoding="utf-8")
    assert again == text_of(wide, folder)


def test_one_course_of_action(one_arm, folder):
    said = visible(text_of(one_arm, folder))
    assert re.search(r"In .* of \d+ futures AI work returns more than it costs", said)
    assert "cannot say what to change" in said
    assert "Regret," not in said


def test_one_world(one_world, folder):
    said = visible(text_of(one_world, folder))
    assert "In 0 of 1 future AI work" in said or "In 1 of 1 future AI work" in said
    assert "One world was computed" in said


def test_where_only_luck_varies_it_says_so(luck_only, folder):
    said = visible(text_of(luck_only, folder))
    assert "varies no assumption" in said
    assert "too sure of themselves" in said
    assert "JPY" in said and "USD" not in said


def test_failed_worlds_are_accounted_for(failed, folder):
    said = visible(text_of(failed, folder))
    assert "3 failed and are left out, with their partners" in said
    assert "1 did not run and is left out" in said


def test_what_was_not_recorded_is_said(bare, folder):
    said = visible(text_of(bare, folder))
    assert "did not record where value goes" in said
    assert "kept nothing over time" in said


def test_sums_stand_in_for_paths(sums_only, folder):
    said = visible(text_of(sums_only, folder))
    assert "The mean only" in said
    assert "of the hundred arrive" in said


def test_an_organization_of_ones_own(organization, folder):
    said = visible(text_of(organization, folder))
    assert "Example Company" in said and "EUR" in said
    assert "compared with carrying on as today" in said


def test_nothing_is_recommended_where_nothing_pays(folder):
    arms = "[arms.nothing]\n[arms.safety]\nlevers = { safety = 1 }\n"
    said = visible(text_of(run(folder, "no-gain", arms=arms, include=False, futures=4), folder))
    assert "None of the 1 alternatives returns more than it costs beyond doubt" in said


def test_titles_cannot_inject(folder):
    arms = "[arms.nothing]\n"
    study = run(
        folder, "hostile", arms=arms, include=False, baseline="", title="<script>alert(1)</script> & Co", outputs=LEAST
    )
    html = text_of(study, folder)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in html


def test_the_answer_goes_with_the_odds(wide, folder):
    page = Page(text_of(wide, folder))
    first = next(n for n in page.numbers if n["statistic"] == "share-above-zero")
    gains = {
        n["arm"]: n["exact"] for n in page.numbers if n["statistic"] == "mean" and n["metric"] == "net_present_value"
    }
    assert first["arm"] in gains and first["against"] == "nothing"


@pytest.fixture(scope="module")
def model():
    done = subprocess.run([PROGRAM, "describe", "enterprise", "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_every_lever_of_the_model_has_words(model):
    names = {lever["name"] for lever in model["levers"]}
    assert names == set(words.LEVERS) == set(words.MEASURES)


def test_every_cause_of_the_model_has_words(model):
    causes = {m["name"].removeprefix("waterfall.") for m in model["metrics"] if m["name"].startswith("waterfall.")}
    assert causes - {"false_hypothesis"} == set(words.CAUSES)


# What no report can be made of


def refused(results, folder):
    with pytest.raises(ReportError) as error:
        write(results, folder / "refused.html")
    assert not (folder / "refused.html").exists()
    return str(error.value)


def test_a_file_that_is_not_there(folder):
    assert "does not exist" in refused(folder / "absent.h5", folder)


def test_a_file_that_is_not_hdf5(folder):
    path = folder / "text.h5"
    path.write_text("not a result")
    assert "is not HDF5" in refused(path, folder)


def test_a_truncated_file(folder, bare):
    path = folder / "short.h5"
    path.write_bytes(bare.read_bytes()[:40_000])
    assert "is truncated" in refused(path, folder)


def test_a_file_of_somebody_else(folder):
    path = folder / "other.h5"
    with h5py.File(path, "w") as file:
        file["x"] = [1.0, 2.0]
    assert "is not a result of chasm" in refused(path, folder)


def changed(path, bare, **attributes):
    shutil.copy(bare, path)
    with h5py.File(path, "r+") as file:
        for name, value in attributes.items():
            file.attrs[name] = value
    return path


def test_another_model(folder, bare):
    path = changed(folder / "march.h5", bare, model="march1991")
    message = refused(path, folder)
    assert "march1991" in message and "'enterprise'" in message and "chasm info" in message


def test_a_newer_format(folder, bare):
    assert "(version 2; this package reads 1)" in refused(
        changed(folder / "newer.h5", bare, chasm_format_version=2), folder
    )


def test_a_study_without_money(folder):
    arms = "[arms.nothing]\n"
    study = run(folder, "moneyless", arms=arms, include=False, baseline="", outputs='metrics = ["went_live"]')
    message = refused(study, folder)
    assert "net_present_value" in message and "[outputs]" in message


def test_an_arm_without_worlds(folder, bare):
    path = folder / "empty-arm.h5"
    shutil.copy(bare, path)
    with h5py.File(path, "r+") as file:
        file["status"][2] = 2
    assert "no world of the arm" in refused(path, folder)


def test_the_command_says_what_is_wrong_and_what_to_do(folder, bare, capsys):
    assert main([str(folder / "absent.h5")]) == 2
    assert "give the file" in capsys.readouterr().err
    assert main([str(bare), "-o", str(folder / "no-folder" / "x.html")]) == 2
    assert "there is no folder" in capsys.readouterr().err
    assert main([str(bare), "-o", str(folder / "fine.html")]) == 0
    assert capsys.readouterr().out.strip() == str(folder / "fine.html")


def test_nothing_but_pages_is_written_over(folder, bare, capsys):
    before = bare.read_bytes()
    other = folder / "study.toml"
    other.write_text("a study")
    for wrong in (
        ["-o", bare],
        ["-o", other],
        ["-o", folder / "fine.html", "--pdf", bare],
        ["-o", folder / "fine.html", "--picture", other],
        ["-o", ""],
        ["-o", folder],
    ):
        (folder / "fine.html").unlink(missing_ok=True)
        assert main([str(bare), *map(str, wrong)]) == 2
        assert "is not written" in capsys.readouterr().err
        assert bare.read_bytes() == before and other.read_text() == "a study" and not (folder / "fine.html").exists()
    with pytest.raises(chasm.ChasmError, match="is not written"):
        chasm.report.write(bare, bare)
    named = folder / "named.html"
    shutil.copy(bare, named)
    assert main([str(named)]) == 2 and "is the result itself" in capsys.readouterr().err
    assert named.read_bytes() == before


def test_a_pdf_needs_a_browser(folder, bare, capsys, monkeypatch):
    monkeypatch.setenv("CHASM_BROWSER", str(folder / "no-browser"))
    assert main([str(bare), "-o", str(folder / "page.html"), "--pdf"]) == 2
    assert "did not start" in capsys.readouterr().err
    monkeypatch.delenv("CHASM_BROWSER")
    monkeypatch.setenv("PATH", str(folder))
    assert main([str(bare), "-o", str(folder / "page.html"), "--pdf"]) == 2
    assert "Install Chromium" in capsys.readouterr().err
