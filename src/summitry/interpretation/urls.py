"""Addresses of interpretation."""

from django.urls import path

from summitry.interpretation import views

app_name = "interpretation"
urlpatterns = [path("", views.interpreter_list, name="list")]
